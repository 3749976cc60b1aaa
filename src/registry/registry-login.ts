import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askHelper } from './credential-helper.js';
import { headerValue } from './header-value.js';

/** What is kept for one server in the docker client's `config.json`. */
interface AuthEntry {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

/** The part of the docker client's `config.json` that tells who we are at a registry. */
export interface ClientConfig {
  readonly auths?: Readonly<Record<string, AuthEntry>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
  readonly currentContext?: string;
}

/** In the words of the Engine API. Not for anybody's eyes. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
  readonly serveraddress: string;
}

/** Where credentials come from, and whom to tell of helpers that do not work. */
export interface CredentialSource {
  readonly configDir: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly warn: (text: string) => void;
}

/** What goes along with a request about an image. */
export interface RegistryLogin {
  /** Value of `X-Registry-Auth`. */
  readonly header: string;
  /** Texts that no message may show. */
  readonly secrets: readonly string[];
}

/** The key under which clients keep the credentials of Docker Hub. */
const hubKey = 'https://index.docker.io/v1/';
const hubHosts: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** Who we are for the registry of an image; undefined when nobody has logged in. */
export async function registryLogin(
  reference: string,
  source: CredentialSource,
): Promise<RegistryLogin | undefined> {
  const credentials = await credentialsOfRegistry(registryOf(reference), source);
  if (credentials === undefined) return undefined;
  const { password, identitytoken, registrytoken } = credentials;
  return {
    header: headerValue(credentials),
    secrets: [password, identitytoken, registrytoken].filter((secret) => secret !== undefined),
  };
}

/** What the docker client of this person would log in with at a registry, given by its host. */
export async function credentialsOfRegistry(
  registry: string,
  source: CredentialSource,
): Promise<Credentials | undefined> {
  const given = configOfEnvironment(source);
  if (given !== undefined) {
    const found = keysOf(registry, given).flatMap((key) => fromFile(given, key) ?? []);
    if (found[0] !== undefined) return found[0];
  }
  const config = await readClientConfig(source.configDir, source.warn);
  if (config === undefined) return undefined;
  for (const key of keysOf(registry, config)) {
    const found = await credentialsFor(key, config, source.environment, source.warn);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Host of the registry that a reference names; `docker.io` when it names none. */
export function registryOf(reference: string): string {
  const first = reference.split('/')[0] ?? '';
  const isHost = reference.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return isHost && first !== 'index.docker.io' ? first : 'docker.io';
}

/** The names under which a registry may be kept, the usual one first: old clients wrote whole URLs. */
function keysOf(registry: string, { auths = {} }: ClientConfig): string[] {
  const usual = hubHosts.has(registry) ? hubKey : registry;
  const others = Object.keys(auths).filter(
    (key) =>
      // Docker Hub's own entries for signing in with a browser are no login by themselves.
      !/\/(?:access|refresh)-token$/.test(key) &&
      (hubHosts.has(registry) ? hubHosts.has(hostOf(key)) : hostOf(key) === registry),
  );
  return [...new Set([usual, ...others])];
}

/** `https://registry.test:5000/v1/` → `registry.test:5000`. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, '').split('/')[0] ?? '';
}

/** From the helper of a server where there is one, else from the file. */
export async function credentialsFor(
  key: string,
  config: ClientConfig,
  environment: ReadonlyMap<string, string>,
  warn: (text: string) => void,
): Promise<Credentials | undefined> {
  const helper = config.credHelpers?.[key] ?? config.credHelpers?.[hostOf(key)] ?? config.credsStore;
  if (helper === undefined || helper === '') return fromFile(config, key);
  return (await askHelper(helper, key, environment, warn)) ?? fromFile(config, key);
}

function fromFile(config: ClientConfig, key: string): Credentials | undefined {
  const entry = config.auths?.[key];
  if (entry === undefined) return undefined;
  if (entry.identitytoken) return { identitytoken: entry.identitytoken, serveraddress: key };
  if (entry.registrytoken) return { registrytoken: entry.registrytoken, serveraddress: key };
  const decoded = entry.auth ? Buffer.from(entry.auth, 'base64').toString('utf8') : '';
  const colon = decoded.indexOf(':');
  const username = colon > 0 ? decoded.slice(0, colon) : entry.username;
  const password = colon > 0 ? decoded.slice(colon + 1).replace(/\0+$/, '') : entry.password;
  return username && password ? { username, password, serveraddress: key } : undefined;
}

/** DOCKER_AUTH_CONFIG: credentials of a CI job, before those of the file. */
function configOfEnvironment({ environment, warn }: CredentialSource): ClientConfig | undefined {
  const text = environment.get('DOCKER_AUTH_CONFIG');
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text) as ClientConfig;
  } catch {
    warn('DOCKER_AUTH_CONFIG is not JSON: going on without the credentials in it');
    return undefined;
  }
}

/** Undefined when there is none, or none that can be read: the latter is told. */
export async function readClientConfig(
  configDir: string,
  warn: (text: string) => void = () => {},
): Promise<ClientConfig | undefined> {
  const path = join(configDir, 'config.json');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ClientConfig;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // The words of a parser quote the text, and that holds secrets.
    if (code !== 'ENOENT' && code !== 'ENOTDIR')
      warn(`${path} cannot be read (${code ?? 'it is not JSON'}): going on without credentials`);
    return undefined;
  }
}
