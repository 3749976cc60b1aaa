import { type ApiCall, type ApiClient, referencePath } from './api-client.js';
import { withRegistryHint } from './registry-hint.js';

/** `GET /distribution/{name}/json`: the engine asks the registry. `authHeader` is the value of `X-Registry-Auth`. */
export async function resolveDigest(
  api: ApiClient,
  reference: string,
  authHeader: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const call: ApiCall = {
    method: 'GET',
    path: `/distribution/${referencePath(reference)}/json`,
    headers: authHeader === undefined ? {} : { 'X-Registry-Auth': authHeader },
    operation: 'resolve the digest of image',
    resource: reference,
    signal,
  };
  try {
    const { Descriptor } = await api.json<{ Descriptor: { digest: string } }>(call);
    return Descriptor.digest;
  } catch (error) {
    throw withRegistryHint(api.failure(error, call), reference);
  }
}
