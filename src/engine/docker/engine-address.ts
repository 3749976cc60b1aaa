import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../../problems/errors.js';
import { readContextAddress } from './docker-context.js';
import { readTlsFiles, type TlsFiles } from './tls-files.js';

/** Where an engine listens. */
export type EngineAddress =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: TlsFiles | undefined }
  | {
      readonly kind: 'ssh';
      readonly user: string | undefined;
      readonly host: string;
      readonly port: number | undefined;
    };

/** What of the outside decides which engine is used. */
export interface EngineSurroundings {
  readonly environment: ReadonlyMap<string, string>;
  readonly homeDir: string;
  /** Told of what is wrong with the docker client's files, when the work goes on without. */
  readonly warn?: (text: string) => void;
}

/**
 * The addresses to try, in order, and who says so. DOCKER_HOST comes first, then the docker context, as with the
 * docker command; only when neither names an engine are the usual sockets tried, those that exist.
 */
export async function findEngineAddresses(
  surroundings: EngineSurroundings,
): Promise<{ addresses: EngineAddress[]; source: string }> {
  const { environment } = surroundings;
  const host = environment.get('DOCKER_HOST');
  if (host !== undefined && host !== '') {
    const tls = await tlsOfEnvironment(surroundings);
    return { addresses: [parseEngineAddress(host, tls)], source: 'DOCKER_HOST' };
  }
  const context = await readContextAddress(configDirOf(surroundings), environment.get('DOCKER_CONTEXT'));
  if (context !== undefined) {
    const source = `the docker context "${context.name}"`;
    return { addresses: [parseEngineAddress(context.host, context.tls)], source };
  }
  return { addresses: await existingSockets(surroundings), source: 'the usual sockets' };
}

/** `unix://`, `npipe://`, `tcp://`, `http(s)://`, `ssh://` or `host:port`. Throws EngineError `bad-request`. */
export function parseEngineAddress(text: string, tls: TlsFiles | undefined): EngineAddress {
  const scheme = /^([a-z]+):\/\//.exec(text)?.[1];
  if (scheme === 'unix' || scheme === 'npipe') {
    const path = text.slice(`${scheme}://`.length);
    return { kind: 'socket', path: path === '' ? '/var/run/docker.sock' : path };
  }
  // As tcp whatever the scheme: of the schemes that URL knows it drops the usual port.
  const url = parseUrl(text, scheme === undefined ? text : text.slice(`${scheme}://`.length));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (scheme === 'ssh') {
    const user = url.username === '' ? undefined : decodeURIComponent(url.username);
    return { kind: 'ssh', user, host, port: url.port === '' ? undefined : Number(url.port) };
  }
  if (scheme !== undefined && !['tcp', 'http', 'https'].includes(scheme)) throw badAddress(text);
  const usesTls = tls !== undefined || scheme === 'https';
  const port = url.port === '' ? (usesTls ? 2376 : 2375) : Number(url.port);
  const noFiles: TlsFiles = { ca: undefined, cert: undefined, key: undefined, verification: 'verify' };
  return { kind: 'tcp', host, port, tls: usesTls ? (tls ?? noFiles) : undefined };
}

/** As people write it in DOCKER_HOST; without a user's secrets. */
export function formatEngineAddress(address: EngineAddress): string {
  if (address.kind === 'socket') return `unix://${address.path}`;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  if (address.kind === 'tcp') return `tcp://${host}:${address.port}`;
  const user = address.user === undefined ? '' : `${address.user}@`;
  return `ssh://${user}${host}${address.port === undefined ? '' : `:${address.port}`}`;
}

/** The same place by the one name that it really has: `/var/run` is often a link to `/run`. */
export async function followLinks(address: EngineAddress): Promise<EngineAddress> {
  if (address.kind !== 'socket') return address;
  return { kind: 'socket', path: await realpath(address.path).catch(() => address.path) };
}

/** Folder of the docker client's configuration. */
export function configDirOf({ environment, homeDir }: EngineSurroundings): string {
  const dir = environment.get('DOCKER_CONFIG');
  return dir === undefined || dir === '' ? join(homeDir, '.docker') : dir;
}

/** The sockets that Docker, Docker Desktop, Colima and Podman make, Docker's own first. */
export function usualSockets({ environment, homeDir }: EngineSurroundings): string[] {
  const runtimeDir = environment.get('XDG_RUNTIME_DIR');
  const ofRuntime = (path: string) =>
    runtimeDir === undefined || runtimeDir === '' ? [] : [join(runtimeDir, path)];
  return [
    '/var/run/docker.sock',
    ...ofRuntime('docker.sock'),
    join(homeDir, '.docker/run/docker.sock'),
    join(homeDir, '.colima/default/docker.sock'),
    join(homeDir, '.docker/desktop/docker.sock'),
    ...ofRuntime('podman/podman.sock'),
    '/run/podman/podman.sock',
    join(homeDir, '.local/share/containers/podman/machine/podman.sock'),
  ];
}

async function existingSockets(surroundings: EngineSurroundings): Promise<EngineAddress[]> {
  const found = await Promise.all(
    usualSockets(surroundings).map(async (path) => {
      const entry = await stat(path).catch(() => undefined);
      return entry?.isSocket() ? path : undefined;
    }),
  );
  return found.filter((path) => path !== undefined).map((path) => ({ kind: 'socket', path }));
}

async function tlsOfEnvironment(surroundings: EngineSurroundings): Promise<TlsFiles | undefined> {
  const verify = surroundings.environment.get('DOCKER_TLS_VERIFY') ?? '';
  const certPath = surroundings.environment.get('DOCKER_CERT_PATH') ?? '';
  if (verify === '' && certPath === '') return undefined;
  return readTlsFiles(certPath === '' ? configDirOf(surroundings) : certPath, 'verify');
}

function parseUrl(text: string, withoutScheme: string): URL {
  try {
    return new URL(`tcp://${withoutScheme}`);
  } catch (cause) {
    throw badAddress(text, cause);
  }
}

function badAddress(text: string, cause?: unknown): EngineError {
  return new EngineError('bad-request', `"${text}" is not the address of an engine`, {
    operation: 'connect',
    hint: 'write unix:///path/to.sock, tcp://host:port or ssh://user@host',
    cause,
  });
}
