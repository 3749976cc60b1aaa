import { hiddenText, isSecretName, redactText } from '../model/redact.js';
import type { ValuePath } from '../model/span.js';
import type { ExplainedStep, ExplainedValue } from './explained-value.js';
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
  if (!hasText(value)) return value;
  if (isContent(path)) return hiddenText;
  const named = namedValueAt(path, String(value));
  if (named !== undefined && isSecret(named, steps)) return `${named.before}${hiddenText}`;
  if (typeof value !== 'string') return value;
  return redactText(withoutSecretVariables(value, steps, environment));
}

/** Numbers may be secrets too; yes, no and nothing are none. */
function hasText(value: WireValue | undefined): value is string | number | bigint {
  return ['string', 'number', 'bigint'].includes(typeof value) && value !== '';
}

/** The text of a config or secret. */
function isContent(path: ValuePath): boolean {
  return path.length === 3 && (path[0] === 'configs' || path[0] === 'secrets') && path[2] === 'content';
}

interface NamedValue {
  readonly kind: 'environment' | 'other';
  readonly name: string;
  /** What of the text is not the value: `NAME=` of a list item. */
  readonly before: string;
}

/** Mappings whose keys are names that somebody gave; so are those of `x-…`, for anchors are written there. */
const namedValues = new Set<string | number | undefined>(['environment', 'args', 'options', 'driver_opts']);

/** The name that a value stands under, where names tell secrets. */
function namedValueAt(path: ValuePath, value: string): NamedValue | undefined {
  const last = path.at(-1);
  const parent = path.at(-2);
  const isExtension = path.some((step) => typeof step === 'string' && step.startsWith('x-'));
  if (!isExtension && !namedValues.has(parent) && path.at(-3) !== 'options') return undefined;
  const kind = parent === 'environment' && path[0] === 'services' ? 'environment' : 'other';
  if (typeof last === 'string') return { kind, name: last, before: '' };
  const equals = value.indexOf('=');
  if (equals !== -1) return { kind, name: value.slice(0, equals), before: value.slice(0, equals + 1) };
  return typeof parent === 'string' ? { kind, name: parent, before: '' } : undefined;
}

/** Secret by its name, or because a file of variables gave it to the container. */
function isSecret({ kind, name }: NamedValue, steps: readonly ExplainedStep[]): boolean {
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
