import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of the docker client's `config.json` that tells who we are at a registry. */
export interface ClientConfig {
  readonly auths?: Readonly<
    Record<string, { auth?: string; username?: string; password?: string; identitytoken?: string }>
  >;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly serveraddress: string;
}

/** The key under which clients keep the credentials of Docker Hub. */
const hubKey = 'https://index.docker.io/v1/';

/**
 * Value of the header `X-Registry-Auth` for pulling an image, or undefined when nobody has logged in. Reads
 * `config.json` and asks a credential helper (`docker-credential-…`) where that file names one.
 */
export async function registryAuthOf(
  reference: string,
  configDir: string,
  environment: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const config = await readClientConfig(configDir);
  if (config === undefined) return undefined;
  const registry = registryOf(reference);
  const credentials = await findCredentials(config, registry, environment);
  if (credentials === undefined) return undefined;
  return Buffer.from(JSON.stringify(credentials)).toString('base64url');
}

/** Host of the registry that a reference names; `docker.io` when it names none. */
export function registryOf(reference: string): string {
  const first = reference.split('/')[0] ?? '';
  const isHost = reference.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return isHost && first !== 'index.docker.io' ? first : 'docker.io';
}

async function findCredentials(
  config: ClientConfig,
  registry: string,
  environment: ReadonlyMap<string, string>,
): Promise<Credentials | undefined> {
  const keys =
    registry === 'docker.io' ? [hubKey, 'docker.io', 'index.docker.io'] : [registry, `https://${registry}`];
  for (const key of keys) {
    const found = await credentialsFor(key, config, environment);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** From the helper of a server where there is one, else from the file. */
export async function credentialsFor(
  key: string,
  config: ClientConfig,
  environment: ReadonlyMap<string, string>,
): Promise<Credentials | undefined> {
  const helper = config.credHelpers?.[key] ?? config.credsStore;
  if (helper === undefined || helper === '') return fromFile(config, key);
  return (await askHelper(helper, key, environment)) ?? fromFile(config, key);
}

function fromFile(config: ClientConfig, key: string): Credentials | undefined {
  const entry = config.auths?.[key];
  if (entry === undefined) return undefined;
  if (entry.identitytoken) return { identitytoken: entry.identitytoken, serveraddress: key };
  const decoded = entry.auth ? Buffer.from(entry.auth, 'base64').toString('utf8') : '';
  const colon = decoded.indexOf(':');
  const username = colon > 0 ? decoded.slice(0, colon) : entry.username;
  const password = colon > 0 ? decoded.slice(colon + 1).replace(/\0+$/, '') : entry.password;
  return username && password ? { username, password, serveraddress: key } : undefined;
}

/** Undefined when the helper is missing, fails or knows nothing: the pull then goes on without credentials. */
async function askHelper(
  helper: string,
  key: string,
  environment: ReadonlyMap<string, string>,
): Promise<Credentials | undefined> {
  const answer = await runHelper(`docker-credential-${helper}`, 'get', key, environment);
  if (answer === undefined) return undefined;
  try {
    const { Username, Secret } = JSON.parse(answer) as { Username?: string; Secret?: string };
    if (!Secret) return undefined;
    return Username === '<token>'
      ? { identitytoken: Secret, serveraddress: key }
      : { username: Username ?? '', password: Secret, serveraddress: key };
  } catch {
    return undefined;
  }
}

/** Standard output of a credential helper; undefined when it is missing or fails. */
export function runHelper(
  command: string,
  verb: 'get' | 'list',
  input: string,
  environment: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, [verb], {
      env: Object.fromEntries(environment),
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: 20_000,
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code === 0 ? Buffer.concat(chunks).toString('utf8') : undefined));
    child.stdin.on('error', () => {}); // It may end without reading.
    child.stdin.end(input);
  });
}

/** Undefined when there is none, or none that can be read. */
export async function readClientConfig(configDir: string): Promise<ClientConfig | undefined> {
  try {
    return JSON.parse(await readFile(join(configDir, 'config.json'), 'utf8')) as ClientConfig;
  } catch {
    return undefined;
  }
}
