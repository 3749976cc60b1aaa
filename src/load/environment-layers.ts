import { join } from 'node:path/posix';
import { startDirectory } from './discover.js';
import { parseEnvFile } from './env-file.js';
import { placeInEnvFile } from './env-file-places.js';
import { instanceVariable } from './instance/resolve-instance.js';
import type { LoadIo, LoadRequest } from './load-io.js';
import type { LoadedModel } from './load-model.js';
import type { Place } from './place.js';
import { defaultEnvFiles } from './project-environment.js';
import type { ProjectSource } from './project-source.js';

/** One source of variables for `${…}`. */
export interface EnvironmentLayer {
  /**
   * `shell`: the process; `env-file`: named with --env-file or COMPOSE_ENV_FILES; `default-env-file`: a `.env`;
   * `include-env-file`: counts for included files only; `injected`: tscompose sets it.
   */
  readonly kind: 'shell' | 'env-file' | 'default-env-file' | 'include-env-file' | 'injected';
  /** Absolute path of an env file. */
  readonly path?: string;
  /** There could be a `.env`, but there is none. */
  readonly isMissing?: true;
  /** Where the include stands that the file belongs to. */
  readonly namedAt?: Place;
  readonly entries: ReadonlyMap<string, string>;
  /** Where an entry stands; undefined for what no file says. */
  placeOf(name: string): Place | undefined;
}

/** What layers are worked out from. */
export interface LayerSources {
  readonly request: LoadRequest;
  readonly io: LoadIo;
  /** Every file that the load has read. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The sources of variables of a project, the one that wins first. */
export async function environmentLayers(
  source: ProjectSource,
  { request, io, texts }: LayerSources,
): Promise<readonly EnvironmentLayer[]> {
  const shell = layer('shell', io.environment);
  const files = await filesOf(source, request, io);
  const layers = fileLayers(files, io.environment, texts);
  const injected = layer('injected', new Map([['PWD', io.cwd]]));
  const name = layer('injected', injectedBy(source));
  // The name is set over everything else; PWD only where nothing sets it.
  return [name, shell, ...layers, injected];
}

/** What the load knows better than anybody: the name, and of an instance what it is called and its ports. */
function injectedBy({ name, instance }: ProjectSource): Map<string, string> {
  const variables = new Map([['COMPOSE_PROJECT_NAME', name]]);
  if (instance === undefined) return variables;
  variables.set(instanceVariable, instance.name);
  for (const { variable, published } of instance.ports)
    if (variable !== undefined) variables.set(variable, published);
  return variables;
}

interface LayerFile {
  readonly kind: 'env-file' | 'default-env-file';
  readonly path: string;
  readonly isMissing?: true;
}

/** Env files in the order in which they are read: the later wins. */
async function filesOf(source: ProjectSource, request: LoadRequest, io: LoadIo): Promise<LayerFile[]> {
  if (source.environmentFiles.length > 0) {
    return source.environmentFiles.map((path) => ({ kind: 'env-file', path }));
  }
  const directories = new Set([source.workingDir, startDirectory(request, io)]);
  const found: LayerFile[] = [];
  for (const directory of directories) {
    const [path] = await defaultEnvFiles(directory, io);
    found.push(
      path === undefined
        ? { kind: 'default-env-file', path: join(directory, '.env'), isMissing: true }
        : { kind: 'default-env-file', path },
    );
  }
  return found;
}

function fileLayers(
  files: readonly LayerFile[],
  process: ReadonlyMap<string, string>,
  texts: ReadonlyMap<string, string>,
): EnvironmentLayer[] {
  const earlier = new Map<string, string>();
  const layers: EnvironmentLayer[] = [];
  for (const { kind, path, isMissing } of files) {
    if (isMissing) {
      layers.push({ ...layer(kind, new Map()), path, isMissing });
      continue;
    }
    // Two `.env` files do not see each other; named files see those before them.
    if (kind === 'default-env-file') earlier.clear();
    const found = fileLayer(kind, path, texts, process, earlier);
    if (found === undefined) continue;
    for (const [name, value] of found.entries) earlier.set(name, value);
    layers.push(found);
  }
  return layers.reverse();
}

/** What env files of includes add, for the files that are included only. Needs a load that recorded. */
export function includeLayers(
  { source, provenance }: LoadedModel,
  texts: ReadonlyMap<string, string>,
): EnvironmentLayer[] {
  return (provenance?.includeEnvFiles ?? []).flatMap(({ path, place }) => {
    const found = fileLayer('include-env-file', path, texts, source.environment, new Map());
    return found === undefined ? [] : [{ ...found, namedAt: place }];
  });
}

/** The entries of an env file; undefined when the load has not read it. */
export function fileLayer(
  kind: EnvironmentLayer['kind'],
  path: string,
  texts: ReadonlyMap<string, string>,
  outside: ReadonlyMap<string, string>,
  earlier: ReadonlyMap<string, string>,
): EnvironmentLayer | undefined {
  const text = texts.get(path);
  if (text === undefined) return undefined;
  const parsed = parseEnvFile(
    text,
    (name) => outside.get(name),
    (name) => earlier.get(name),
  );
  const entries = new Map<string, string>();
  if (parsed.ok) for (const [name, value] of parsed.entries) if (value !== null) entries.set(name, value);
  return { kind, path, entries, placeOf: (name) => placeInEnvFile(path, text, name, undefined) };
}

function layer(kind: EnvironmentLayer['kind'], entries: ReadonlyMap<string, string>): EnvironmentLayer {
  return { kind, entries, placeOf: () => undefined };
}

/** The layer that sets a variable. */
export function layerThatSets(
  layers: readonly EnvironmentLayer[],
  name: string,
): EnvironmentLayer | undefined {
  return layers.find(({ entries }) => entries.has(name));
}
