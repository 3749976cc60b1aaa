import { hiddenText, isSecretName, redactUrls } from '../model/redact.js';
import type { ValuePath } from '../model/span.js';
import type { ExplainedStep, ExplainedValue } from './explain-model.js';
import { type WireMap, WireStruct, type WireValue } from './wire/wire-value.js';

/** Values of variables for `${…}`. */
type Environment = ReadonlyMap<string, string>;

/** The values with everything hidden that may be a secret. */
export function redactExplained(
  values: readonly ExplainedValue[],
  environment: Environment,
): ExplainedValue[] {
  return values.map((explained) => ({ ...explained, value: redacted(explained, environment) }));
}

/** The document of `config` with the same values hidden. `values` explain it. */
export function redactDocument(
  document: WireValue,
  values: readonly ExplainedValue[],
  environment: Environment,
): WireValue {
  const changes = new Map<string, WireValue>();
  for (const explained of values) {
    const value = redacted(explained, environment);
    if (value !== undefined && value !== explained.value) changes.set(keyOf(explained.path), value);
  }
  return changes.size === 0 ? document : replaceAt(document, [], changes);
}

function redacted(explained: ExplainedValue, environment: Environment): WireValue | undefined {
  const { value, path, steps } = explained;
  if (typeof value !== 'string' || value === '') return value;
  if (isContent(path)) return hiddenText;
  const variable = variableAt(path, value);
  if (variable !== undefined && isSecretVariable(variable, steps)) return `${variable.before}${hiddenText}`;
  return redactUrls(withoutSecretVariables(value, steps, environment));
}

/** The text of a config or secret. */
function isContent(path: ValuePath): boolean {
  return path.length === 3 && (path[0] === 'configs' || path[0] === 'secrets') && path[2] === 'content';
}

interface VariableAt {
  readonly kind: 'environment' | 'args';
  readonly name: string;
  /** What of the text is not the value: `NAME=` of a list item. */
  readonly before: string;
}

/** The variable that a value of `environment` or `args` is about. */
function variableAt(path: ValuePath, value: string): VariableAt | undefined {
  const kind = path.at(-2);
  const last = path.at(-1);
  if (path[0] !== 'services' || (kind !== 'environment' && kind !== 'args') || last === undefined) {
    return undefined;
  }
  if (typeof last === 'string') return { kind, name: last, before: '' };
  const equals = value.indexOf('=');
  return equals === -1
    ? undefined
    : { kind, name: value.slice(0, equals), before: value.slice(0, equals + 1) };
}

/** Secret by its name, or because a file of variables gave it to the container. */
function isSecretVariable({ kind, name }: VariableAt, steps: readonly ExplainedStep[]): boolean {
  if (isSecretName(name)) return true;
  return kind === 'environment' && steps.some(isFromEnvFile);
}

function isFromEnvFile({ rule, variables = [] }: ExplainedStep): boolean {
  return rule === 'env_file' || variables.some(({ source }) => source?.endsWith('env-file'));
}

/** Hides what variables with a secret's name put into a text; a short value cannot be told from the rest. */
function withoutSecretVariables(
  text: string,
  steps: readonly ExplainedStep[],
  environment: Environment,
): string {
  let result = text;
  for (const { name, source, fallback } of steps.flatMap(({ variables = [] }) => variables)) {
    if (source === 'injected' || !isSecretName(name)) continue;
    const secret = source === undefined ? (fallback ?? '') : environment.get(name);
    if (secret === '') continue;
    if (secret === undefined || secret.length < 4 || secret.includes('$')) return hiddenText;
    result = result.replaceAll(secret, hiddenText);
  }
  return result;
}

function keyOf(path: ValuePath): string {
  return JSON.stringify(path);
}

function replaceAt(value: WireValue, path: ValuePath, changes: ReadonlyMap<string, WireValue>): WireValue {
  const changed = changes.get(keyOf(path));
  if (changed !== undefined) return changed;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    return value.map((item: WireValue, index) => replaceAt(item, [...path, index], changes));
  }
  if (!(value instanceof WireStruct)) return replaceIn(value as WireMap, path, changes);
  const { fields, extensions, jsonDefaults, jsonNames, order } = value;
  return new WireStruct(
    replaceIn(fields, path, changes),
    replaceIn(extensions, path, changes),
    jsonDefaults,
    jsonNames,
    order,
  );
}

function replaceIn(map: WireMap, path: ValuePath, changes: ReadonlyMap<string, WireValue>): WireMap {
  const entries = new Map<string, WireValue>();
  for (const [key, value] of map) entries.set(key, replaceAt(value, [...path, key], changes));
  return entries;
}
