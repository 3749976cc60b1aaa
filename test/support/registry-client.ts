import { RegistryClient } from '../../src/registry/registry-client.js';

/** A client whose person has logged in as `user` with `password` at these hosts. */
export function registryClient(...loggedInAt: string[]): RegistryClient {
  const auth = Buffer.from('user:password').toString('base64');
  const auths = Object.fromEntries(loggedInAt.map((host) => [host, { auth }]));
  const environment = new Map([['DOCKER_AUTH_CONFIG', JSON.stringify({ auths })]]);
  const credentials = { configDir: '/nowhere', environment, warn: () => {} };
  return new RegistryClient({
    credentials,
    insecure: [],
    patience: { chance: () => 0, sleep: async () => {} },
  });
}
