import type { PullOptions, PullProgress } from '../engine.js';
import { type ApiCall, type ApiClient, referencePath } from './api-client.js';
import { readJsonLines } from './json-lines.js';
import { ApiFailure } from './map-error.js';
import { withRegistryHint } from './registry-hint.js';

/** An entry of the stream that `POST /images/create` answers. */
interface PullMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

/** Pulls one image. `authHeader` is the value of `X-Registry-Auth`. Errors may come in the middle of the stream. */
export async function pullImage(
  api: ApiClient,
  reference: string,
  options: PullOptions,
  authHeader: string | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { name, tag } = splitReference(reference);
  const call: ApiCall = {
    method: 'POST',
    path: '/images/create',
    query: { fromImage: name, tag, platform: options.platform },
    headers: authHeader === undefined ? {} : { 'X-Registry-Auth': authHeader },
    operation: 'pull image',
    resource: reference,
    signal,
  };
  try {
    const response = await api.stream(call);
    for await (const message of readJsonLines<PullMessage>(response)) {
      if (message.error !== undefined) throw new ApiFailure(0, message.error);
      options.onProgress?.(progressOf(message));
    }
  } catch (error) {
    throw withRegistryHint(api.failure(error, call), reference);
  }
  if (!reference.includes('@')) await rememberPull(api, reference, signal);
}

/**
 * An engine writes down when an image was tagged, and a pull need not count: not on Docker 20.10, and nowhere when the
 * image was up to date. Giving it the name that it has makes a pull policy with an interval count from now on. That is
 * a courtesy: without it the next pull only comes earlier.
 */
async function rememberPull(
  api: ApiClient,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { name: repo, tag } = splitReference(reference);
  const path = `/images/${referencePath(reference)}/tag`;
  const call = { method: 'POST', path, query: { repo, tag }, operation: 'tag image', signal } as const;
  await api.send(call).catch(() => {});
}

/** Name and tag, or name and digest. Without either the tag is `latest`: the API would take all tags. */
export function splitReference(reference: string): { name: string; tag: string } {
  const at = reference.indexOf('@');
  if (at >= 0) return { name: reference.slice(0, at).replace(/:[^:/]*$/, ''), tag: reference.slice(at + 1) };
  const colon = reference.lastIndexOf(':');
  const hasTag = colon > reference.lastIndexOf('/');
  return hasTag
    ? { name: reference.slice(0, colon), tag: reference.slice(colon + 1) }
    : { name: reference, tag: 'latest' };
}

function progressOf({ id, status, progressDetail }: PullMessage): PullProgress {
  return {
    layer: id ?? '',
    status: status ?? '',
    currentBytes: progressDetail?.current,
    totalBytes: progressDetail?.total,
  };
}
