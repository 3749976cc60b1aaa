import type { RegistryLogin } from '../../registry/registry-login.js';
import { type ApiCall, type ApiClient, referencePath } from './api-client.js';
import { registryFailure } from './registry-failure.js';

/** `GET /distribution/{name}/json`: the engine asks the registry. */
export async function resolveDigest(
  api: ApiClient,
  reference: string,
  login: RegistryLogin | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const call: ApiCall = {
    method: 'GET',
    path: `/distribution/${referencePath(reference)}/json`,
    headers: login === undefined ? {} : { 'X-Registry-Auth': login.header },
    operation: 'resolve the digest of image',
    resource: reference,
    signal,
  };
  try {
    const { Descriptor } = await api.json<{ Descriptor: { digest: string } }>(call);
    return Descriptor.digest;
  } catch (error) {
    throw registryFailure(api.failure(error, call), reference, login?.secrets ?? []);
  }
}
