import type { ImageBuild } from '../../../model/build.js';
import type { BuildOptions } from '../../build-port.js';
import { type ApiCall, type ApiClient, referencePath } from '../api-client.js';
import type { ClientFiles } from '../client-files.js';
import { readJsonLines } from '../json-lines.js';
import { ApiFailure } from '../map-error.js';
import { splitReference } from '../pull-image.js';

/** An entry of the stream that a push answers. Its errors come in there only. */
interface PushMessage {
  readonly id?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly status?: string;
  readonly error?: string;
}

/** Pushes an image that was built under each of its names: one step each. */
export async function pushImages(
  api: ApiClient,
  client: ClientFiles,
  build: ImageBuild,
  options: BuildOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const reference of build.names) await push(api, client, reference, options, signal);
}

async function push(
  api: ApiClient,
  client: ClientFiles,
  reference: string,
  { onProgress }: BuildOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { name, tag } = splitReference(reference);
  // The header is required, if only to say that nobody has logged in.
  const auth = (await client.registryAuth(reference)) ?? Buffer.from('{}').toString('base64url');
  const call: ApiCall = {
    method: 'POST',
    path: `/images/${referencePath(name)}/push`,
    query: { tag },
    headers: { 'X-Registry-Auth': auth },
    operation: 'push image',
    resource: reference,
    signal,
  };
  const about = { step: `push ${reference}`, name: `push ${reference}` };
  onProgress({ kind: 'started', ...about });
  try {
    for await (const message of readJsonLines<PushMessage>(await api.stream(call))) {
      if (message.error !== undefined) throw new ApiFailure(0, message.error);
      const { current, total } = message.progressDetail ?? {};
      if (message.id === undefined || current === undefined) continue;
      const bytes = { currentBytes: current, totalBytes: total, isDone: message.status === 'Pushed' };
      onProgress({ kind: 'bytes', step: about.step, part: message.id, ...bytes });
    }
  } catch (error) {
    onProgress({
      kind: 'ended',
      ...about,
      outcome: signal?.aborted ? 'cancelled' : 'failed',
      durationMs: undefined,
    });
    throw api.failure(error, call);
  }
  onProgress({ kind: 'ended', ...about, outcome: 'done', durationMs: undefined });
}
