import type { RegistryLogin } from '../../registry/registry-login.js';
import type { PullOptions } from '../engine.js';
import { type ApiClient, referencePath } from './api-client.js';
import { transfer } from './transfer.js';

/** Pulls one image: `POST /images/create`. */
export async function pullImage(
  api: ApiClient,
  reference: string,
  { platform, onProgress, answerWithinMs }: PullOptions,
  login: RegistryLogin | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { name, tag } = splitReference(reference);
  const call = {
    method: 'POST',
    path: '/images/create',
    query: { fromImage: name, tag, platform },
    operation: 'pull image',
    resource: reference,
    signal,
  } as const;
  await transfer(api, { call, reference, login, onProgress, answerWithinMs });
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
