import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerSpec } from '../../model/container-spec.js';
import type { ObservedContainerDetails } from '../../model/observed.js';

/** Keys of docker's `config.json`, and the variables that they stand for. */
const variables = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  noProxy: 'NO_PROXY',
  ftpProxy: 'FTP_PROXY',
  allProxy: 'ALL_PROXY',
} as const;

type Settings = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/**
 * The proxies of a `config.json` for an engine, by variable. `host` as in DOCKER_HOST. A text that is broken says
 * nothing here: whoever needs the rest of it will say what is wrong with it.
 */
export function proxiesIn(text: string | undefined, host: string): ReadonlyMap<string, string> {
  const settings = settingsIn(text);
  const chosen = settings[host] ?? settings.default ?? {};
  return new Map(
    Object.entries(variables).flatMap(([key, name]): [string, string][] => {
      const value = chosen[key];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
}

function settingsIn(text: string | undefined): Settings {
  try {
    const { proxies } = JSON.parse(text ?? '{}') as { readonly proxies?: Settings };
    return proxies ?? {};
  } catch {
    return {};
  }
}

/** The proxies that the docker client of this person has for an engine; none without a readable file. */
export async function clientProxies(configDir: string, host: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(configDir, 'config.json'), 'utf8').catch(() => undefined);
  return proxiesIn(text, host);
}

/** The container with these proxies, in both spellings that programs look for; what its service sets counts more. */
export function withProxies(
  spec: ContainerSpec<string>,
  proxies: ReadonlyMap<string, string>,
): ContainerSpec<string> {
  if (proxies.size === 0) return spec;
  const both = [...proxies].flatMap(([name, value]): [string, string][] => [
    [name, value],
    [name.toLowerCase(), value],
  ]);
  const environment = new Map<string, string | null>([...both, ...spec.service.environment]);
  return { ...spec, service: { ...spec.service, environment } };
}

/** The same backwards: what a service said itself, as long as it did not say the same. */
export function withoutProxies(
  details: ObservedContainerDetails,
  proxies: ReadonlyMap<string, string>,
): ObservedContainerDetails {
  if (proxies.size === 0) return details;
  const { service } = details;
  const own = [...service.environment].filter(([name, value]) => proxies.get(name.toUpperCase()) !== value);
  return { ...details, service: { ...service, environment: new Map(own) } };
}
