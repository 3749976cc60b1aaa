import type { ImageBuild } from '../../../model/build.js';
import type { BuildOptions } from '../../build-port.js';
import type { TransferProgress } from '../../image-port.js';
import type { ApiClient } from '../api-client.js';
import type { ClientFiles } from '../client-files.js';
import { pushImage } from '../push-image.js';

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
  const about = { step: `push ${reference}`, name: `push ${reference}` };
  const onLayer = ({ layer, status, currentBytes, totalBytes }: TransferProgress) => {
    if (layer === '' || currentBytes === undefined) return;
    const bytes = { currentBytes, totalBytes, isDone: status === 'Pushed' };
    onProgress({ kind: 'bytes', step: about.step, part: layer, ...bytes });
  };
  onProgress({ kind: 'started', ...about });
  try {
    await pushImage(api, reference, { onProgress: onLayer }, await client.registryLogin(reference), signal);
  } catch (error) {
    const outcome = signal?.aborted ? 'cancelled' : 'failed';
    onProgress({ kind: 'ended', ...about, outcome, durationMs: undefined });
    throw error;
  }
  onProgress({ kind: 'ended', ...about, outcome: 'done', durationMs: undefined });
}
