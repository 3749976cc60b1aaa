import { byKey } from '../../model/order.js';
import { formatValuePath } from '../../model/span.js';
import type { ProblemCode } from '../../problems/codes.js';
import { formatGoNumber, shortestFloat32 } from '../go-format.js';
import { pairsOf } from '../pairs.js';
import type { ProblemList } from '../problem-list.js';
import { splitShellWords } from '../shell-words.js';
import type { TreeNode } from '../tree-node.js';
import { formatDuration, parseByteSize, parseDuration } from '../units.js';
import { WireStruct, type WireValue } from './wire-value.js';

/** Where a value is bound: it reports what it cannot read. */
export class BindContext {
  readonly problems: ProblemList;
  readonly path: (string | number)[] = [];

  constructor(problems: ProblemList) {
    this.problems = problems;
  }

  invalid(node: TreeNode, message: string, code: ProblemCode = 'config/invalid-value'): undefined {
    this.problems.error(code, `${formatValuePath(this.path)}: ${message}`, {
      place: node.place,
      path: [...this.path],
    });
    return undefined;
  }

  below<T>(step: string | number, act: () => T): T {
    this.path.push(step);
    const result = act();
    this.path.pop();
    return result;
  }
}

/** Reads a located value as its wire form; undefined: the field is left out. */
export type Binder = (node: TreeNode, context: BindContext) => WireValue | undefined;

/** The text of a scalar as Go would print it; null has none. */
export function scalarText(node: TreeNode): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  const { value } = node;
  return typeof value === 'number' || typeof value === 'bigint' ? formatGoNumber(value) : String(value);
}

/** Text that may be empty. */
export const anyText: Binder = (node, context) => {
  if (node.kind !== 'scalar') return context.invalid(node, 'must be a text', 'config/wrong-type');
  return scalarText(node) ?? '';
};

/** Text; empty means not set. */
export const text: Binder = (node, context) => anyText(node, context) || undefined;

/** A boolean whose `false` is the same as not set. */
export const flag: Binder = (node, context) => readBoolean(node, context) || undefined;

/** A boolean whose `false` means something. */
export const explicitFlag: Binder = (node, context) => readBoolean(node, context);

function readBoolean(node: TreeNode, context: BindContext): boolean | undefined {
  const value = scalarText(node);
  if (value === undefined) return undefined;
  if (/^(?:1|t|true|y|yes|on)$/i.test(value)) return true;
  if (/^(?:0|f|false|n|no|off)$/i.test(value)) return false;
  return context.invalid(node, `must be true or false, not ${JSON.stringify(value)}`, 'config/wrong-type');
}

/** A whole number whose zero is the same as not set. */
export const integer: Binder = (node, context) => readInteger(node, context) || undefined;

/** A whole number whose zero means something. */
export const explicitInteger: Binder = (node, context) => readInteger(node, context);

function readInteger(node: TreeNode, context: BindContext): number | undefined {
  const value = scalarText(node);
  if (value === undefined) return undefined;
  const number = /^[-+]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  return context.invalid(node, `must be a whole number, not ${JSON.stringify(value)}`, 'config/wrong-type');
}

/** A number that the reference keeps in 32 bits; zero means not set. */
export const float: Binder = (node, context) => {
  const value = scalarText(node);
  if (value === undefined || value === '') return undefined;
  const number = Number(value);
  if (!Number.isNaN(number)) return shortestFloat32(number) || undefined;
  return context.invalid(node, `must be a number, not ${JSON.stringify(value)}`, 'config/wrong-type');
};

/** A size in bytes, as digits; zero means not set. */
export const bytes: Binder = (node, context) => {
  const value = scalarText(node);
  if (value === undefined) return undefined;
  const size = parseByteSize(value);
  if (size === undefined) {
    return context.invalid(node, `invalid size ${JSON.stringify(value)}; write a size like 64m or 1.5gb`);
  }
  return size === 0n ? undefined : size.toString();
};

/** A duration as Go prints it. */
export const duration: Binder = (node, context) => {
  const value = scalarText(node);
  if (value === undefined) return undefined;
  const parsed = parseDuration(value);
  if (parsed !== undefined) return formatDuration(parsed);
  return context.invalid(node, `invalid duration ${JSON.stringify(value)}; write a duration like 1m30s`);
};

/** A number of microseconds; the specification allows a duration as well. */
export const microseconds: Binder = (node, context) => {
  const value = scalarText(node);
  const parsed = value === undefined || /^[-+]?\d+$/.test(value) ? undefined : parseDuration(value);
  return parsed === undefined ? integer(node, context) : Number(parsed / 1000n) || undefined;
};

/** The mode of a file: octal digits. */
export const fileMode: Binder = (node, context) => {
  if (node.kind === 'scalar' && typeof node.value === 'number') return octal(node.value);
  const value = scalarText(node);
  if (value === undefined || value === '') return undefined;
  const match = /^(?:0o?)?([0-7]+)$/.exec(value);
  if (match !== null) return octal(Number.parseInt(match[1] as string, 8));
  return context.invalid(node, `invalid file mode ${JSON.stringify(value)}; write octal digits like "0440"`);
};

function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}

/** A list; a single value is a list of one; empty means not set. */
export function listOf(bind: Binder): Binder {
  return (node, context) => {
    const items =
      node.kind === 'list' ? node.items : node.kind === 'scalar' && node.value !== null ? [node] : [];
    const values = items.map((item, index) => context.below(index, () => bind(item, context)));
    const bound = values.filter((value) => value !== undefined);
    return bound.length === 0 ? undefined : bound;
  };
}

/** A command: a list of words, or a line to split into words. An empty one stays, for it clears the image's. */
export const command: Binder = (node, context) => {
  if (node.kind === 'list') {
    return node.items.map((item, index) => context.below(index, () => anyText(item, context) ?? ''));
  }
  const line = scalarText(node);
  if (line === undefined) return undefined;
  const words = splitShellWords(line);
  return words ?? context.invalid(node, 'invalid command line: a quote or bracket is not closed');
};

/** A mapping with keys of the user's, sorted; empty means not set. */
export function mapOfAll(bind: Binder): Binder {
  return (node, context) => {
    if (node.kind !== 'map') {
      if (node.kind === 'scalar' && node.value === null) return undefined;
      return context.invalid(node, 'must be a mapping', 'config/wrong-type');
    }
    const entries: [string, WireValue][] = [];
    for (const [key, { value }] of node.entries) {
      const bound = context.below(key, () => bind(value, context));
      if (bound !== undefined) entries.push([key, bound]);
    }
    return entries.length === 0 ? undefined : sortedMap(entries);
  };
}

export function sortedMap(entries: [string, WireValue][]): ReadonlyMap<string, WireValue> {
  return new Map(entries.sort(byKey));
}

/** `K=V` pairs in either form, where a bare key has no value. */
export function pairs(bare: 'empty' | 'null'): Binder {
  const bindMap = mapOfAll((node) => scalarText(node) ?? (bare === 'null' ? null : ''));
  return (node, context) => {
    const map = pairsOf(node);
    if (map === undefined && !(node.kind === 'scalar' && node.value === null)) {
      return context.invalid(node, 'must be a mapping or a list of KEY=value', 'config/wrong-type');
    }
    return map === undefined ? undefined : bindMap(map, context);
  };
}

/** Anything, as it is written; an empty list is null, as in docker compose. */
export const anything: Binder = (node, context) => {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') {
    return node.items.length === 0 ? null : node.items.map((item) => anything(item, context) ?? null);
  }
  const entries: [string, WireValue][] = [];
  for (const [key, { value }] of node.entries) entries.push([key, anything(value, context) ?? null]);
  return sortedMap(entries);
};

/** Null where there is nothing to say, which is not the same as absent. */
export function orNull(bind: Binder): Binder {
  return (node, context) =>
    node.kind === 'scalar' && node.value === null ? null : (bind(node, context) ?? null);
}

export interface StructOptions {
  /** What JSON says for these fields when they are not set. */
  readonly jsonDefaults?: Readonly<Record<string, WireValue>>;
  readonly jsonNames?: Readonly<Record<string, string>>;
  /** An object without fields: left out, or there all the same. */
  readonly whenEmpty?: 'omit' | 'keep';
}

/** An object with known keys, in this order. */
export function struct(fields: Readonly<Record<string, Binder>>, options: StructOptions = {}): Binder {
  const order = Object.entries(fields);
  const names = Object.keys(fields);
  const jsonDefaults = new Map(Object.entries(options.jsonDefaults ?? {}));
  const jsonNames = new Map(Object.entries(options.jsonNames ?? {}));
  return (node, context) => {
    if (node.kind !== 'map') {
      if (node.kind === 'scalar' && node.value === null) return undefined;
      return context.invalid(node, 'must be a mapping', 'config/wrong-type');
    }
    const bound = new Map<string, WireValue>();
    for (const [name, bind] of order) {
      const entry = node.entries.get(name);
      if (entry === undefined) continue;
      const value = context.below(name, () => bind(entry.value, context));
      if (value !== undefined) bound.set(name, value);
    }
    const extensions = extensionsOf(node, context);
    if (bound.size === 0 && extensions.size === 0 && options.whenEmpty === 'omit') return undefined;
    return new WireStruct(bound, extensions, jsonDefaults, jsonNames, names);
  };
}

export function extensionsOf(node: TreeNode, context: BindContext): ReadonlyMap<string, WireValue> {
  const extensions: [string, WireValue][] = [];
  if (node.kind === 'map') {
    for (const [key, { value }] of node.entries) {
      if (key.startsWith('x-')) extensions.push([key, anything(value, context) ?? null]);
    }
  }
  return sortedMap(extensions);
}
