import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * Where an engine may answer.
 * @typedef {{url: string, source: string, certDir?: string}} EngineAddress
 *   `certDir` holds ca.pem, cert.pem and key.pem of a TLS endpoint
 */

/**
 * Every place to look for an engine, best first: what the person chose (DOCKER_HOST, else the docker context), then
 * the sockets where the usual engines listen.
 * @param {{env: Record<string, string | undefined>, homeDir: string, uid: number, platform: string,
 *   readText: (path: string) => string | undefined}} machine
 * @returns {EngineAddress[]}
 */
export function engineAddresses(machine) {
  const chosen = fromDockerHost(machine) ?? fromContext(machine);
  const known = machine.platform === 'win32' ? windowsPipes : wellKnownSockets(machine);
  const all = [...(chosen === undefined ? [] : [chosen]), ...known];
  return all.filter(({ url }, index) => all.findIndex((other) => other.url === url) === index);
}

function fromDockerHost({ env }) {
  const url = env.DOCKER_HOST;
  if (!url) return undefined;
  return { url, source: 'DOCKER_HOST', ...(env.DOCKER_CERT_PATH ? { certDir: env.DOCKER_CERT_PATH } : {}) };
}

/** The docker CLI keeps each context in a folder that is named after the digest of the context's name. */
function fromContext({ env, homeDir, readText }) {
  const configDir = env.DOCKER_CONFIG || join(homeDir, '.docker');
  const name = env.DOCKER_CONTEXT || parse(readText(join(configDir, 'config.json')))?.currentContext;
  if (!name || name === 'default') return undefined;
  const id = createHash('sha256').update(name).digest('hex');
  const meta = parse(readText(join(configDir, 'contexts/meta', id, 'meta.json')));
  const url = meta?.Endpoints?.docker?.Host;
  if (!url) return undefined;
  const certDir = join(configDir, 'contexts/tls', id, 'docker');
  const hasCertificates = readText(join(certDir, 'cert.pem')) !== undefined;
  return { url, source: `docker context "${name}"`, ...(hasCertificates ? { certDir } : {}) };
}

function parse(text) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function wellKnownSockets({ env, homeDir, uid }) {
  const runtimeDir = env.XDG_RUNTIME_DIR || `/run/user/${uid}`;
  return [
    ['Docker', '/var/run/docker.sock'],
    ['rootless Docker', `${runtimeDir}/docker.sock`],
    ['Docker Desktop', `${homeDir}/.docker/run/docker.sock`],
    ['Docker Desktop', `${homeDir}/.docker/desktop/docker.sock`],
    ['Colima', `${homeDir}/.colima/default/docker.sock`],
    ['Colima', `${homeDir}/.config/colima/default/docker.sock`],
    ['OrbStack', `${homeDir}/.orbstack/run/docker.sock`],
    ['Rancher Desktop', `${homeDir}/.rd/docker.sock`],
    ['rootless Podman', `${runtimeDir}/podman/podman.sock`],
    ['Podman', '/run/podman/podman.sock'],
  ].map(([source, path]) => ({ url: `unix://${path}`, source }));
}

const windowsPipes = [{ url: 'npipe:////./pipe/docker_engine', source: 'Docker Desktop' }];
