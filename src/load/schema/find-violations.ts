import type { ValuePath } from '../../model/span.js';
import type { SchemaNode, SchemaReader } from './schema-reader.js';
import type { JsonType } from './schema-source.js';

/** A place where a document does not fit its schema. `path` leads to the value, or to the mapping around a key. */
export type Violation =
  | {
      readonly kind: 'wrong-type';
      readonly path: ValuePath;
      readonly node: SchemaNode;
      readonly value: unknown;
    }
  | {
      readonly kind: 'bad-value';
      readonly path: ValuePath;
      readonly node: SchemaNode;
      readonly value: unknown;
    }
  | {
      readonly kind: 'unknown-key';
      readonly path: ValuePath;
      readonly node: SchemaNode;
      readonly key: string;
      readonly value: unknown;
    }
  | {
      readonly kind: 'missing-key';
      readonly path: ValuePath;
      readonly node: SchemaNode;
      readonly key: string;
    }
  | {
      readonly kind: 'repeated-item';
      readonly path: ValuePath;
      readonly node: SchemaNode;
      /** Of the later of the two. */
      readonly index: number;
      readonly value: unknown;
    };

/** Every violation, in the order of the document. A value of the wrong type is not looked into. */
export function findViolations(schema: SchemaReader, document: unknown): Violation[] {
  const check: Check = { schema, violations: [], path: [] };
  checkValue(schema.root, document, check);
  return check.violations;
}

interface Check {
  readonly schema: SchemaReader;
  readonly violations: Violation[];
  /** Where the check is now; changed in place, since most values are fine and need no path of their own. */
  readonly path: (string | number)[];
}

/** What a value is in terms of JSON, or undefined for what JSON does not have. */
export function jsonTypeOf(value: unknown): JsonType | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'object':
      return typeof value as JsonType;
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    case 'bigint':
      return 'integer';
    default:
      return undefined;
  }
}

function checkValue(node: SchemaNode, value: unknown, check: Check): void {
  if (!hasType(node, value)) {
    check.violations.push({ kind: 'wrong-type', path: [...check.path], node, value });
  } else if (Array.isArray(value)) {
    checkList(node, value, check);
  } else if (typeof value === 'object' && value !== null) {
    checkMapping(node, value as Readonly<Record<string, unknown>>, check);
  } else if (!isAllowed(node, value, check.schema)) {
    check.violations.push({ kind: 'bad-value', path: [...check.path], node, value });
  }
}

function checkChild(node: SchemaNode, value: unknown, step: string | number, check: Check): void {
  check.path.push(step);
  checkValue(node, value, check);
  check.path.pop();
}

function hasType(node: SchemaNode, value: unknown): boolean {
  const wanted = node.type;
  if (wanted === undefined) return true;
  const type = jsonTypeOf(value);
  if (type === undefined) return false;
  // A single type is a text, and no name of a type is a part of another.
  return wanted.includes(type) || (type === 'integer' && wanted.includes('number'));
}

function isAllowed(node: SchemaNode, value: unknown, schema: SchemaReader): boolean {
  if (typeof value === 'string') {
    if (node.enum !== undefined && !node.enum.includes(value)) return false;
    return node.pattern === undefined || schema.matches(node.pattern, value);
  }
  if (typeof value === 'number' || typeof value === 'bigint') {
    const isTooSmall = node.minimum !== undefined && value < node.minimum;
    return !isTooSmall && (node.maximum === undefined || value <= node.maximum);
  }
  return true;
}

function checkList(node: SchemaNode, list: readonly unknown[], check: Check): void {
  const items = check.schema.itemsOf(node);
  const seen = new Set<unknown>();
  for (const [index, value] of list.entries()) {
    const before = check.violations.length;
    if (items !== undefined) checkChild(items, value, index, check);
    // An item of the wrong type is refused already; that there are two of it is no news.
    if (node.uniqueItems !== true || check.violations[before]?.kind === 'wrong-type') continue;
    if (seen.has(value)) {
      check.violations.push({ kind: 'repeated-item', path: [...check.path], node, index, value });
    }
    seen.add(value);
  }
}

function checkMapping(node: SchemaNode, mapping: Readonly<Record<string, unknown>>, check: Check): void {
  for (const key of Object.keys(mapping)) {
    const value = mapping[key];
    const child = check.schema.childOf(node, key);
    if (child !== undefined) checkChild(child, value, key, check);
    else check.violations.push({ kind: 'unknown-key', path: [...check.path], node, key, value });
  }
  for (const key of node.required ?? []) {
    if (Object.hasOwn(mapping, key)) continue;
    check.violations.push({ kind: 'missing-key', path: [...check.path], node, key });
  }
}
