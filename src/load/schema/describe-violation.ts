import { closestName } from '../../model/closest-name.js';
import type { ValuePath } from '../../model/span.js';
import type { ProblemCode } from '../../problems/codes.js';
import type { Violation } from './find-violations.js';
import { hintForKey } from './key-hints.js';
import { subjectOf } from './place-words.js';
import type { SchemaNode, SchemaReader } from './schema-reader.js';
import { expectationOf, kindInWords, valueInWords } from './value-words.js';

/** Something in a document that the Compose format does not allow. */
export interface SchemaIssue {
  readonly code: Extract<
    ProblemCode,
    | 'config/unknown-key'
    | 'config/wrong-type'
    | 'config/missing-key'
    | 'config/invalid-value'
    | 'config/not-unique'
  >;
  /** Leads to the value in question, and ends with the key when the key itself is wrong. */
  readonly path: ValuePath;
  /** Whether to point at the key or at its value. */
  readonly target: 'key' | 'value';
  readonly message: string;
  readonly hint?: string;
}

export function describeViolation(schema: SchemaReader, violation: Violation): SchemaIssue {
  switch (violation.kind) {
    case 'unknown-key':
      return describeUnknownKey(schema, violation);
    case 'wrong-type':
      return describeWrongType(violation);
    case 'bad-value':
      return describeBadValue(violation);
    case 'missing-key':
      return describeMissingKey(violation);
    case 'repeated-item':
      return describeRepeatedItem(violation);
  }
}

type Of<K extends Violation['kind']> = Extract<Violation, { kind: K }>;

function describeUnknownKey(
  schema: SchemaReader,
  { path, node, key, value }: Of<'unknown-key'>,
): SchemaIssue {
  const place = { path: [...path, key], target: 'key' } as const;
  const nameRule = node['x-names'];
  if (nameRule !== undefined) {
    const message = `${subjectOf(path)}: the name ${JSON.stringify(key)} is not allowed, since ${nameRule}`;
    return { code: 'config/invalid-value', ...place, message };
  }
  const message = `${subjectOf(path)} has no key ${JSON.stringify(key)}`;
  return withHint(
    { code: 'config/unknown-key', ...place, message },
    hintForKey(schema, path, node, key, value),
  );
}

function describeWrongType({ path, node, value }: Of<'wrong-type'>): SchemaIssue {
  const subject = path.length === 0 ? 'the file' : subjectOf(path);
  const message = `${subject} ${kindInWords(value)}, but must be ${expectationOf(node)}`;
  return withHint({ code: 'config/wrong-type', path, target: 'value', message }, hintForType(node, value));
}

function hintForType(node: SchemaNode, value: unknown): string | undefined {
  if (value === null) return 'give it a value, or leave it out';
  const isPlain = ['number', 'boolean', 'bigint'].includes(typeof value);
  // Where a text has a form of its own, quotes alone would not help.
  const isFreeText = node['x-expects'] === undefined && [node.type ?? []].flat().includes('string');
  return isPlain && isFreeText ? 'put the value in quotes' : undefined;
}

function describeBadValue({ path, node, value }: Of<'bad-value'>): SchemaIssue {
  const message = `${subjectOf(path)} is ${valueInWords(value)}, but must be ${expectationOf(node)}`;
  const close = typeof value === 'string' ? closestName(value, node.enum ?? []) : undefined;
  const hint = close === undefined ? undefined : `did you mean ${JSON.stringify(close)}?`;
  return withHint({ code: 'config/invalid-value', path, target: 'value', message }, hint);
}

function describeMissingKey({ path, key }: Of<'missing-key'>): SchemaIssue {
  const target = typeof path.at(-1) === 'string' ? 'key' : 'value';
  const message = `${subjectOf(path)} needs the key ${JSON.stringify(key)}`;
  return { code: 'config/missing-key', path, target, message };
}

function describeRepeatedItem({ path, index, value }: Of<'repeated-item'>): SchemaIssue {
  const message = `${subjectOf(path)} has ${valueInWords(value)} more than once`;
  return { code: 'config/not-unique', path: [...path, index], target: 'value', message };
}

function withHint(issue: SchemaIssue, hint: string | undefined): SchemaIssue {
  return hint === undefined ? issue : { ...issue, hint };
}
