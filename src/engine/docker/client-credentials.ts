import { runHelper } from '../../registry/credential-helper.js';
import {
  type ClientConfig,
  type Credentials,
  credentialsFor,
  readClientConfig,
} from '../../registry/registry-login.js';

/**
 * Text of a `config.json` with everything that this person is logged in to, as the docker client would write it
 * without a credential store: for a container that is to act as this person. Not for anybody's eyes.
 */
export async function credentialsFile(
  configDir: string,
  environment: ReadonlyMap<string, string>,
  warn: (text: string) => void = () => {},
): Promise<string> {
  const config = (await readClientConfig(configDir)) ?? {};
  const servers = [
    ...Object.keys(config.auths ?? {}),
    ...Object.keys(config.credHelpers ?? {}),
    ...(await serversInStore(config, environment)),
  ];
  const entries = await Promise.all(
    [...new Set(servers)].sort().map(async (server) => {
      const credentials = await credentialsFor(server, config, environment, warn);
      return credentials === undefined ? [] : [[server, entryOf(credentials)] as const];
    }),
  );
  return `${JSON.stringify({ auths: Object.fromEntries(entries.flat()) }, undefined, 2)}\n`;
}

/** Servers that the credential store knows; none when it cannot say. */
async function serversInStore(
  { credsStore }: ClientConfig,
  environment: ReadonlyMap<string, string>,
): Promise<string[]> {
  if (credsStore === undefined || credsStore === '') return [];
  const answer = await runHelper(`docker-credential-${credsStore}`, 'list', '', environment);
  try {
    const list: unknown = answer.kind === 'answered' ? JSON.parse(answer.output) : {};
    return typeof list === 'object' && list !== null ? Object.keys(list) : [];
  } catch {
    return [];
  }
}

function entryOf({ username = '', password = '', identitytoken }: Credentials): Record<string, string> {
  if (identitytoken !== undefined) return { identitytoken };
  return { auth: Buffer.from(`${username}:${password}`).toString('base64') };
}
