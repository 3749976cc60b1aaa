import { parseEnvFile, parseRawEnvFile } from './env-file.js';
import type { Lookup } from './interpolate-tree.js';
import type { ProblemList } from './problem-list.js';
import { reportEnvFile } from './project-environment.js';
import type { Place } from './source-file.js';
import type { SourceReader } from './source-reader.js';
import { type MapNode, nodeAt } from './tree-node.js';
import { sortedMap } from './wire/bind.js';
import {
  type WireStruct,
  type WireValue,
  wireEntries,
  wireField,
  wireItems,
  wireText,
} from './wire/wire-value.js';

/** What env files of services are read with. */
export interface EnvFileSources {
  readonly reader: SourceReader;
  readonly problems: ProblemList;
  readonly lookup: Lookup;
  /** The canonical tree, for places. */
  readonly tree: MapNode;
}

/** A service whose `env_file` and `label_file` are read: their entries stand below the service's own. */
export async function resolveEnvFiles(
  name: string,
  service: WireStruct,
  sources: EnvFileSources,
): Promise<WireStruct> {
  let result = service;
  if (service.get('env_file') !== undefined) {
    const found = await readAll(name, 'env_file', service, sources);
    result = result.with('env_file', undefined).with('environment', below(found, service.get('environment')));
  }
  if (service.get('label_file') !== undefined) {
    const found = await readAll(name, 'label_file', service, sources);
    result = result.with('label_file', undefined).with('labels', below(found, service.get('labels')));
  }
  return result;
}

function below(found: ReadonlyMap<string, string>, own: WireValue | undefined): WireValue | undefined {
  const all = new Map<string, WireValue>([...found, ...wireEntries(own)]);
  return all.size === 0 ? undefined : sortedMap([...all]);
}

async function readAll(
  name: string,
  attribute: 'env_file' | 'label_file',
  service: WireStruct,
  sources: EnvFileSources,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const [index, item] of wireItems(service.get(attribute)).entries()) {
    const place = nodeAt(sources.tree, ['services', name, attribute, index])?.place;
    const path = wireText(item) ?? wireText(wireField(item, 'path'));
    if (path === undefined || path === '') continue;
    const text = await textOf(path, attribute, wireField(item, 'required') !== false, place, sources);
    if (text === undefined) continue;
    const format = wireText(wireField(item, 'format'));
    readInto(found, { path, text, format, place }, service, sources);
  }
  return found;
}

async function textOf(
  path: string,
  attribute: 'env_file' | 'label_file',
  isRequired: boolean,
  place: Place | undefined,
  { reader, problems }: EnvFileSources,
): Promise<string | undefined> {
  if (reader.texts.has(path) || (await reader.io.kindOf(path)) !== 'missing') return reader.text(path, place);
  if (isRequired) {
    const what = attribute === 'env_file' ? 'env file' : 'label file';
    problems.error('config/not-found', `${what} ${path} not found`, {
      place,
      ...(attribute === 'env_file' ? { hint: 'make the file, or say `required: false`' } : {}),
    });
  }
  return undefined;
}

interface EnvText {
  readonly path: string;
  readonly text: string;
  readonly format: string | undefined;
  readonly place: Place | undefined;
}

/** Values may use variables of the project, of the service and of earlier entries. */
function readInto(
  found: Map<string, string>,
  { path, text, format, place }: EnvText,
  service: WireStruct,
  { problems, lookup }: EnvFileSources,
): void {
  if (format !== undefined && format !== 'raw') {
    problems.error('config/invalid-value', `unsupported env_file format "${format}"`, {
      place,
      hint: 'the only format is `raw`',
    });
    return;
  }
  const own = wireEntries(service.get('environment'));
  const find: Lookup = (name) => lookup(name) ?? wireText(own.get(name));
  const parsed =
    format === 'raw' ? parseRawEnvFile(text, find) : parseEnvFile(text, find, (name) => found.get(name));
  if (!parsed.ok) {
    reportEnvFile(path, text, parsed, problems);
    return;
  }
  for (const [name, value] of parsed.entries) if (value !== null) found.set(name, value);
}
