import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byName } from '../../model/order.js';
import { redactUrls } from '../../model/redact.js';
import { readClientConfig } from '../../registry/registry-login.js';
import {
  configDirOf,
  type EngineSurroundings,
  findEngineAddresses,
  formatEngineAddress,
  parseEngineAddress,
} from './engine-address.js';

/** Where an engine is looked for, and who says so. */
export interface EngineSource {
  /** `DOCKER_HOST`, `the docker context "x"`, `the usual sockets`. */
  readonly source: string;
  /** In the order in which they are tried. Without secrets. */
  readonly addresses: readonly string[];
}

/** A docker context of this person. */
export interface DockerContext {
  readonly name: string;
  /** Without secrets; undefined: it names no engine. */
  readonly address: string | undefined;
  /** The client's configuration, or DOCKER_CONTEXT, names it. */
  readonly isCurrent: boolean;
}

/** Throws EngineError as connecting does: for an unknown context, or an address that is none. */
export async function engineSource(surroundings: EngineSurroundings): Promise<EngineSource> {
  const { source, addresses } = await findEngineAddresses(surroundings);
  return { source, addresses: addresses.map(formatEngineAddress) };
}

/** The contexts that `docker context ls` lists, without `default`, by name. Unreadable ones are left out. */
export async function listDockerContexts(surroundings: EngineSurroundings): Promise<DockerContext[]> {
  const configDir = configDirOf(surroundings);
  const folder = join(configDir, 'contexts/meta');
  const entries = await readdir(folder).catch(() => []);
  const current =
    surroundings.environment.get('DOCKER_CONTEXT') || (await readClientConfig(configDir))?.currentContext;
  const contexts = await Promise.all(entries.map((entry) => readContext(join(folder, entry, 'meta.json'))));
  return contexts
    .flatMap((context) =>
      context === undefined ? [] : [{ ...context, isCurrent: context.name === current }],
    )
    .sort(byName);
}

async function readContext(path: string): Promise<Omit<DockerContext, 'isCurrent'> | undefined> {
  try {
    const meta = JSON.parse(await readFile(path, 'utf8')) as {
      readonly Name?: unknown;
      readonly Endpoints?: { readonly docker?: { readonly Host?: unknown } };
    };
    if (typeof meta.Name !== 'string') return undefined;
    const host = meta.Endpoints?.docker?.Host;
    return { name: meta.Name, address: typeof host === 'string' ? shownAddress(host) : undefined };
  } catch {
    return undefined;
  }
}

function shownAddress(host: string): string {
  try {
    return formatEngineAddress(parseEngineAddress(host, undefined));
  } catch {
    return redactUrls(host);
  }
}
