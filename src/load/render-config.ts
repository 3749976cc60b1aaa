import type { BoundModel } from './bind-model.js';
import type { LoadedModel } from './load-model.js';
import { renderJson } from './render-json.js';
import { renderYaml } from './render-yaml.js';
import type { Services } from './select-services.js';
import type { TreeNode } from './tree-node.js';
import { sortedMap } from './wire/bind.js';
import { type WireMap, WireStruct, type WireValue, wireField, wireItems } from './wire/wire-value.js';

export type ConfigFormat = 'yaml' | 'json';

/**
 * The model as `config` prints it: a Compose file that loads to the same project. `change` may change the document
 * before `$` is doubled.
 */
export function renderConfig(
  model: LoadedModel,
  format: ConfigFormat,
  change: (document: WireValue) => WireValue = (document) => document,
): string {
  const document = change(configDocument(model, format));
  return render(model.bound === undefined ? document : escapeDollars(document), format);
}

/** The document that `config` prints, with plain `$`; as it is written when it was not interpolated. */
export function configDocument(model: LoadedModel, format: ConfigFormat): WireValue {
  if (model.bound === undefined) return rawValue(model.tree);
  return format === 'json' ? jsonDocument(model, model.bound) : yamlDocument(model, model.bound);
}

function render(document: WireValue, format: ConfigFormat): string {
  return format === 'json'
    ? `${renderJson(document, { indent: '  ', escapes: 'json' })}\n`
    : renderYaml(document);
}

function yamlDocument({ source }: LoadedModel, bound: BoundModel): WireValue {
  const fields = new Map<string, WireValue>([
    ['name', source.name],
    ['services', sshAsYaml(bound.services)],
  ]);
  const { networks, volumes, secrets, configs, models } = bound;
  for (const [name, section] of Object.entries({ networks, volumes, secrets, configs, models })) {
    if (section.size > 0) fields.set(name, section);
  }
  return new WireStruct(fields, bound.extensions);
}

/** docker compose writes `id: path` for the ssh keys of a build, and reads `id=path`; so we read both. */
function sshAsYaml(services: Services): Services {
  const hasSsh = [...services].filter(([, service]) => wireField(service.get('build'), 'ssh') !== undefined);
  if (hasSsh.length === 0) return services;
  const changed = new Map(services);
  for (const [name, service] of hasSsh) {
    const build = service.get('build') as WireStruct;
    const keys = wireItems(build.get('ssh')).map((key) => String(key).replace('=', ': '));
    changed.set(name, service.with('build', build.with('ssh', keys)));
  }
  return changed;
}

/** JSON has its keys sorted, and does not show models, as in docker compose. */
function jsonDocument({ source }: LoadedModel, bound: BoundModel): WireValue {
  const entries: [string, WireValue][] = [
    ['name', source.name],
    ['services', bound.services],
    ...bound.extensions,
  ];
  const { networks, volumes, secrets, configs } = bound;
  for (const [name, section] of Object.entries({ networks, volumes, secrets, configs })) {
    if (section.size > 0) entries.push([name, section]);
  }
  return sortedMap(entries);
}

/** `$` is doubled, so that the output can be interpolated again. */
function escapeDollars(value: WireValue): WireValue {
  if (typeof value === 'string') return escapeText(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(escapeDollars);
  if (value instanceof WireStruct) {
    return new WireStruct(
      escapeEntries(value.fields),
      escapeEntries(value.extensions),
      value.jsonDefaults,
      value.jsonNames,
      value.order,
    );
  }
  return escapeEntries(value as WireMap);
}

function escapeEntries(map: WireMap): WireMap {
  const entries = new Map<string, WireValue>();
  for (const [key, value] of map) entries.set(escapeText(key), escapeDollars(value));
  return entries;
}

function escapeText(text: string): string {
  return text.includes('$') ? text.replaceAll('$', '$$$$') : text;
}

/** A document that was not interpolated, as it is. */
function rawValue(node: TreeNode): WireValue {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(rawValue);
  const entries: [string, WireValue][] = [];
  for (const [key, { value }] of node.entries) entries.push([key, rawValue(value)]);
  return sortedMap(entries);
}
