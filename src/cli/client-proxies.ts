import { join } from 'node:path';
import { configDirOf } from '../engine/docker/engine-address.js';
import type { BuildRequestPolicy } from '../plan/build/image-build.js';
import type { CliIo } from './io.js';

/** Keys of docker's `config.json`, and the variables that they stand for. */
const variables = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  noProxy: 'NO_PROXY',
  ftpProxy: 'FTP_PROXY',
} as const;

const defaultHost = 'unix:///var/run/docker.sock';

/** What a person asks of builds, with the proxies that the docker client of this person has for the engine. */
export async function withClientProxies(
  request: BuildRequestPolicy | undefined,
  io: CliIo,
): Promise<BuildRequestPolicy> {
  const settings = await proxySettings(io);
  const host = io.environment.get('DOCKER_HOST') ?? defaultHost;
  const chosen = settings[host] ?? settings.default ?? {};
  const proxies = Object.entries(variables).flatMap(([key, name]): [string, string][] => {
    const value = chosen[key];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  return proxies.length === 0 ? { ...request } : { ...request, proxies: new Map(proxies) };
}

type Settings = {
  readonly [host in string | 'default']?: Readonly<Record<string, unknown>>;
};

/** A file that is broken says nothing here: whoever needs the rest of it will say what is wrong with it. */
async function proxySettings(io: CliIo): Promise<Settings> {
  try {
    const text = await io.load.readFile(join(configDirOf(io), 'config.json'));
    const { proxies } = JSON.parse(text ?? '{}') as { readonly proxies?: Settings };
    return proxies ?? {};
  } catch {
    return {};
  }
}
