import { parseEnvFile, parseRawEnvFile } from './env-file.js';
import type { Lookup } from './lookup.js';
import type { Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { reportEnvFile } from './project-environment.js';
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
    const at = ['services', name, attribute, index];
    const place = nodeAt(sources.tree, [...at, 'path'])?.place ?? nodeAt(sources.tree, at)?.place;
    const path = wireText(item) ?? wireText(wireField(item, 'path'));
    if (path === undefined || path === '') continue;
    const need = wireField(item, 'required') === false ? 'optional' : 'required';
    const text = await textOf({ service: name, attribute, path, need, place }, sources);
    if (text === undefined) continue;
    const format = wireText(wireField(item, 'format'));
    if (format === undefined || format === 'raw') readInto(found, { path, text, format }, service, sources);
    else refuseFormat(format, name, nodeAt(sources.tree, [...at, 'format'])?.place, sources);
  }
  return found;
}

interface NamedFile {
  readonly service: string;
  readonly attribute: 'env_file' | 'label_file';
  readonly path: string;
  readonly need: 'required' | 'optional';
  readonly place: Place | undefined;
}

async function textOf(
  { service, attribute, path, need, place }: NamedFile,
  { reader, problems }: EnvFileSources,
): Promise<string | undefined> {
  if (reader.texts.has(path) || (await reader.io.kindOf(path)) !== 'missing') return reader.text(path, place);
  if (need === 'required') {
    const [what, hint] =
      attribute === 'env_file'
        ? ['env file', 'make the file, or write `{path: …, required: false}`']
        : ['label file', 'make the file, or leave it out'];
    problems.error('config/not-found', `service "${service}": ${what} ${path} not found`, { place, hint });
  }
  return undefined;
}

function refuseFormat(
  format: string,
  service: string,
  place: Place | undefined,
  { problems }: EnvFileSources,
): void {
  problems.error('config/invalid-value', `service "${service}": unsupported env_file format "${format}"`, {
    place,
    hint: 'the only format is `raw`; without one, quotes and variables have a meaning',
  });
}

interface EnvText {
  readonly path: string;
  readonly text: string;
  readonly format: 'raw' | undefined;
}

/** Values may use variables of the project, of the service and of earlier entries. */
function readInto(
  found: Map<string, string>,
  { path, text, format }: EnvText,
  service: WireStruct,
  { problems, lookup }: EnvFileSources,
): void {
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
