import { join } from 'node:path';
import { proxiesIn } from '../engine/docker/client-proxies.js';
import { configDirOf } from '../engine/docker/engine-address.js';
import type { BuildRequestPolicy } from '../plan/build/image-build.js';
import type { CliIo } from './io.js';

const defaultHost = 'unix:///var/run/docker.sock';

/** What a person asks of builds, with the proxies that the docker client of this person has for the engine. */
export async function withClientProxies(
  request: BuildRequestPolicy | undefined,
  io: CliIo,
): Promise<BuildRequestPolicy> {
  const text = await io.load.readFile(join(configDirOf(io), 'config.json')).catch(() => undefined);
  const proxies = proxiesIn(text, io.environment.get('DOCKER_HOST') ?? defaultHost);
  return proxies.size === 0 ? { ...request } : { ...request, proxies };
}
