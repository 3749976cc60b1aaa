import { EngineError } from '../../problems/errors.js';
import type { PullOptions, PullProgress } from '../engine.js';
import type { ApiCall, ApiClient } from './api-client.js';
import { readJsonLines } from './json-lines.js';
import { ApiFailure } from './map-error.js';
import { registryOf } from './registry-auth.js';

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

/** What engines say when the registry does not answer, or says no. */
const unreachableRegistry =
  /dial (?:tcp|udp)|no such host|i\/o timeout|Client\.Timeout|TLS handshake|connection refused|connection reset|context deadline exceeded|server gave HTTP response|x509/i;
const deniedByRegistry = /unauthorized|authentication required|no basic auth credentials|denied/i;

function withRegistryHint(error: Error, reference: string): Error {
  if (!(error instanceof EngineError) || error.kind === 'unreachable') return error;
  const registry = registryOf(reference);
  const hint = unreachableRegistry.test(error.message)
    ? `the registry ${registry} cannot be reached from the engine; build or load the image, or check the network`
    : deniedByRegistry.test(error.message)
      ? `check the name of the image, and log in with \`docker login ${registry}\` if it is private`
      : undefined;
  if (hint === undefined && error.kind !== 'not-found') return error;
  return new EngineError('image-not-found', error.message, {
    operation: error.operation,
    resource: reference,
    ...(error.status === undefined ? {} : { status: error.status }),
    hint: hint ?? 'check the name and tag of the image',
    cause: error.cause,
  });
}
