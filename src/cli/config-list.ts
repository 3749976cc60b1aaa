import type { LoadedModel } from '../load/load-model.js';
import { hiddenText, redactValue } from '../model/redact.js';
import { unknownService } from '../problems/unknown-service.js';
import { formatTable } from '../report/table.js';
import type { ConfigOptions } from './options/config-options.js';
import { lines } from './write-out.js';

/** A list of something in the project, for people and for programs. */
interface ConfigList {
  readonly text: string;
  /** An array of names, or an object by name. */
  readonly json: unknown;
}

/** What `config --services` and its like print; undefined when the project itself is asked for. */
export async function configList(
  model: LoadedModel,
  options: ConfigOptions,
  format: 'yaml' | 'json',
  process: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const list = await listOf(model, options, process);
  if (list === undefined) return undefined;
  return format === 'json' ? `${JSON.stringify(list.json, undefined, 2)}\n` : list.text;
}

async function listOf(
  model: LoadedModel,
  options: ConfigOptions,
  process: ReadonlyMap<string, string>,
): Promise<ConfigList | undefined> {
  const shown = (name: string, value: string) => (options.redact ? redactValue(name, value) : value);
  const list = await import('../load/list-config.js');
  if (options.services) return names(list.serviceNames(model));
  if (options.volumes) return names(list.sectionNames(model, 'volumes'));
  if (options.networks) return names(list.sectionNames(model, 'networks'));
  if (options.models) return names(list.sectionNames(model, 'models'));
  if (options.hash !== undefined)
    return hashes(list.serviceHashes(model, options.hash), list.serviceNames(model));
  if (options.profiles) return names(list.profileNames(model));
  if (options.images) return names(list.imageNames(model));
  if (options.variables) return variables(list.usedVariables(model), shown);
  if (options.environment) {
    // What a file gave, or what a config or secret is made of, is redacted whatever its name.
    const contents = list.contentVariables(model);
    const isFromFile = (name: string, value: string) => process.get(name) !== value && !isOurs(name);
    const text = (name: string, value: string) =>
      options.redact && (contents.has(name) || isFromFile(name, value)) ? hiddenText : shown(name, value);
    const entries = [...model.source.environment].map(([name, value]) => [name, text(name, value)] as const);
    return pairs(entries.sort(byLine), '=');
  }
  return undefined;
}

function names(all: readonly string[]): ConfigList {
  return { text: lines(all), json: all };
}

function pairs(entries: readonly (readonly [string, string])[], separator: string): ConfigList {
  return {
    text: lines(entries.map(([name, value]) => `${name}${separator}${value}`)),
    json: Object.fromEntries(entries),
  };
}

/** As the sorted lines would be. */
function byLine([a, x]: readonly [string, string], [b, y]: readonly [string, string]): number {
  return `${a}=${x}` < `${b}=${y}` ? -1 : 1;
}

function hashes(
  { found, missing }: ReturnType<typeof import('../load/list-config.js').serviceHashes>,
  names: readonly string[],
): ConfigList {
  const [first] = missing;
  if (first !== undefined) throw unknownService(first, names);
  return pairs([...found], ' ');
}

/** What no file and no shell has set. */
function isOurs(name: string): boolean {
  return name === 'PWD' || name === 'COMPOSE_PROJECT_NAME';
}

function variables(
  found: ReturnType<typeof import('../load/list-config.js').usedVariables>,
  shown: (name: string, value: string) => string,
): ConfigList {
  const all = found.map((variable) => ({
    ...variable,
    defaultValue: shown(variable.name, variable.defaultValue),
    presenceValue: shown(variable.name, variable.presenceValue),
  }));
  const rows = all.map(({ name, required, defaultValue, presenceValue }) => [
    name,
    String(required),
    defaultValue,
    presenceValue,
  ]);
  const documents = all.map(({ name, required, defaultValue, presenceValue }) => [
    name,
    { Name: name, DefaultValue: defaultValue, PresenceValue: presenceValue, Required: required },
  ]);
  return {
    text: formatTable(['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'], rows, {
      gap: 3,
      leastWidth: 0,
    }),
    json: Object.fromEntries(documents),
  };
}
