import type { RegistryLogin } from '../../../../../registry/registry-login.js';
import { type Methods, unary } from '../grpc/grpc-server.js';
import { message, text } from '../grpc/message.js';

const request = message({ host: text(1) });
const response = message({ username: text(1), secret: text(2) });

interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

/**
 * Tells who we are at a registry. `registryLogin` is as in ClientFiles. The engine gets tokens by itself: the methods
 * for that are not offered.
 */
export function credentialMethods(
  registryLogin: (reference: string) => Promise<RegistryLogin | undefined>,
): Methods {
  const credentials = unary(async (asked) => {
    const { host } = request.decode(asked);
    const registry = host === 'registry-1.docker.io' ? 'docker.io' : host;
    const login = await registryLogin(`${registry}/any`);
    if (login === undefined) return response.encode({});
    const found = JSON.parse(Buffer.from(login.header, 'base64url').toString('utf8')) as Credentials;
    if (found.identitytoken !== undefined) return response.encode({ secret: found.identitytoken });
    return response.encode({ username: found.username ?? '', secret: found.password ?? '' });
  });
  return new Map([['/moby.filesync.v1.Auth/Credentials', credentials]]);
}
