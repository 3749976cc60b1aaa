import { EngineError } from '../../problems/errors.js';
import { ApiClient } from './api-client.js';
import { isAtLeast, negotiateVersion, oldestKnownVersion } from './api-version.js';
import { socketPathOf } from './client-files.js';
import { clientProxies } from './client-proxies.js';
import { DockerEngine } from './docker-engine.js';
import {
  configDirOf,
  type EngineAddress,
  type EngineSurroundings,
  findEngineAddresses,
  followLinks,
  formatEngineAddress,
  usualSockets,
} from './engine-address.js';
import { openTransport } from './transport.js';

/**
 * Connects to the engine that the environment means: DOCKER_HOST, else the docker context, else the first of the
 * usual sockets that answers. Throws EngineError: `unreachable` with everything that was tried, `unsupported` for an
 * engine before Docker 20.10, `not-found` for an unknown context.
 */
export async function connectEngine(
  surroundings: EngineSurroundings,
  signal?: AbortSignal,
): Promise<DockerEngine> {
  const { addresses, source } = await findEngineAddresses(surroundings);
  const failures: EngineError[] = [];
  for (const address of addresses) {
    try {
      const api = await openApi(address, surroundings.environment, signal);
      const { environment } = surroundings;
      const configDir = configDirOf(surroundings);
      const warn = warnOnce(surroundings);
      return new DockerEngine(api, {
        registryLogin: async (image) =>
          (await import('../../registry/registry-login.js')).registryLogin(image, {
            configDir,
            environment,
            warn,
          }),
        proxies: once(() => clientProxies(configDir, formatEngineAddress(address))),
        credentials: async () =>
          (await import('./client-credentials.js')).credentialsFile(configDir, environment, warn),
        wantsBuildkit: environment.get('DOCKER_BUILDKIT') || undefined,
        sshAgentSocket: environment.get('SSH_AUTH_SOCK') || undefined,
        defaultPlatform: environment.get('DOCKER_DEFAULT_PLATFORM') || undefined,
        socketPath: socketPathOf(address, surroundings.homeDir),
        address: formatEngineAddress(await followLinks(address)),
      });
    } catch (error) {
      if (!(error instanceof EngineError) || error.kind !== 'unreachable') throw error;
      failures.push(error);
    }
  }
  throw nobodyAnswers(surroundings, addresses, source, failures);
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let found: Promise<T> | undefined;
  return () => {
    found ??= read();
    return found;
  };
}

/** The same credential helper is asked for each image: what is wrong with it is said once. */
function warnOnce({ warn }: EngineSurroundings): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (!said.has(text)) warn?.(text);
    said.add(text);
  };
}

/** The API in the newest version that both sides speak, or in that of DOCKER_API_VERSION. One request. */
async function openApi(
  address: EngineAddress,
  environment: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<ApiClient> {
  const api = new ApiClient(await openTransport(address, environment), undefined);
  try {
    const attempt = { operation: 'reach the engine', resource: `at ${formatEngineAddress(address)}` };
    const { version: offered, os } = await api.ping(attempt, signal);
    const version = environment.get('DOCKER_API_VERSION') || negotiateVersion(offered ?? oldestKnownVersion);
    if (!isAtLeast(version, oldestKnownVersion)) throw tooOld(address, version);
    return api.inVersion(version, os);
  } catch (error) {
    api.close();
    throw error;
  }
}

function tooOld(address: EngineAddress, version: string): EngineError {
  return new EngineError(
    'unsupported',
    `the engine at ${formatEngineAddress(address)} speaks API ${version}; ${oldestKnownVersion} (Docker 20.10) is needed`,
    { operation: 'connect', hint: 'update it, or name another one with DOCKER_HOST or a docker context' },
  );
}

function nobodyAnswers(
  surroundings: EngineSurroundings,
  addresses: readonly EngineAddress[],
  source: string,
  failures: readonly EngineError[],
): EngineError {
  const first = failures[0];
  const tried =
    addresses.length === 0
      ? `none of these sockets exists: ${usualSockets(surroundings).join(', ')}`
      : failures.map(({ message }) => message).join('; ');
  const usualHint = 'start Docker (or Podman), or set DOCKER_HOST to where it listens';
  const hint =
    source === 'the usual sockets' ? usualHint : `${source} says where to look; is that engine running?`;
  return new EngineError('unreachable', `no container engine answers: ${tried}`, {
    operation: 'connect',
    hint: first?.hint !== undefined && !first.hint.startsWith('is the engine') ? first.hint : hint,
    cause: first,
  });
}
