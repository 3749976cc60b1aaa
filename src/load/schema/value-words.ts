import type { SchemaNode } from './schema-reader.js';
import type { JsonType } from './schema-source.js';

const typeWords: Readonly<Record<JsonType, string>> = {
  null: 'nothing',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'a mapping',
};

const longestShownValue = 40;

/** What a schema asks for, in words that follow "must be": `a list of ports, for example ["8080:80"]`. */
export function expectationOf(node: SchemaNode): string {
  const [first] = node.examples ?? [];
  const example = first === undefined ? '' : `, for example ${JSON.stringify(first)}`;
  return `${node['x-expects'] ?? formOf(node)}${example}`;
}

function formOf(node: SchemaNode): string {
  if (node.enum !== undefined) return `one of ${node.enum.map((word) => JSON.stringify(word)).join(', ')}`;
  const types = [node.type ?? []].flat().filter((type) => type !== 'null');
  return types.map((type) => typeWords[type]).join(' or ');
}

/** What kind of value there is, as a predicate: `is a list`, `has no value`. Texts and numbers are not shown. */
export function kindInWords(value: unknown): string {
  if (value === null || value === undefined) return 'has no value';
  if (typeof value === 'boolean') return `is ${value}`;
  if (typeof value === 'number' && !Number.isInteger(value)) return 'is a number with a fraction';
  if (typeof value === 'number' || typeof value === 'bigint') return 'is a number';
  if (typeof value === 'string') return value === '' ? 'is an empty text' : 'is a text';
  return Array.isArray(value) ? 'is a list' : 'is a mapping';
}

/** The value itself, cut when it is long. Only for attributes that hold no secrets. */
export function valueInWords(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  if (value === '') return 'empty';
  const isLong = value.length > longestShownValue;
  return JSON.stringify(isLong ? `${value.slice(0, longestShownValue)}...` : value);
}
