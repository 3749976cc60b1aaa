import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { composeSchema } from '../../src/load/schema/compose-schema.js';
import { findViolations, type Violation } from '../../src/load/schema/find-violations.js';
import { readSchema, type SchemaNode } from '../../src/load/schema/schema-reader.js';
import type { JsonType } from '../../src/load/schema/schema-source.js';

// AJV is the judge of what the schema means: our own check must find the same faults at the same places.
const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  strictNumbers: false,
  keywords: ['x-expects', 'x-names'],
});
const schemaFile = join(import.meta.dirname, '../../schema/compose.schema.json');
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
const schema = readSchema(composeSchema());

const kindOfKeyword: Readonly<Record<string, Violation['kind']>> = {
  type: 'wrong-type',
  additionalProperties: 'unknown-key',
  required: 'missing-key',
  enum: 'bad-value',
  pattern: 'bad-value',
  minimum: 'bad-value',
  maximum: 'bad-value',
  uniqueItems: 'repeated-item',
};

function faultsByAjv(document: unknown): string[] {
  validate(document);
  const faults = (validate.errors ?? []).map((error: ErrorObject) => {
    const key = error.params.additionalProperty ?? error.params.missingProperty ?? '';
    return `${kindOfKeyword[error.keyword]} ${error.instancePath} ${key}`;
  });
  // A value of the wrong type is not one of the words either, but to say so would be noise.
  const isNoise = (fault: string): boolean => faults.includes(fault.replace('bad-value', 'wrong-type'));
  return [...new Set(faults)].filter((fault) => !fault.startsWith('bad-value') || !isNoise(fault)).sort();
}

function ourFaults(document: unknown): string[] {
  const faults = findViolations(schema, document).map((violation) => {
    const pointer = violation.path.map((step) => `/${String(step).replace(/~/g, '~0').replace(/\//g, '~1')}`);
    return `${violation.kind} ${pointer.join('')} ${'key' in violation ? violation.key : ''}`;
  });
  return [...new Set(faults)].sort();
}

const word = fc.constantFrom('a', '', 'all', 'always', 'web', 'service_healthy', '/dev/a', 'NAME=value', '[');
const scalar = fc.oneof(
  word,
  fc.integer({ min: -2000, max: 2000 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const strayKey = fc.constantFrom('x-a', 'a b', 'web', 'NAME', '1', '', 'constructor', 'a/b~c', 'image');
const strayValue = fc.oneof(
  { weight: 3, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(strayKey, scalar, { maxKeys: 2, noNullPrototype: true }) },
);

/** Values that fit a schema for the most part: each part is now and then replaced by something else. */
function nearly(node: SchemaNode): fc.Arbitrary<unknown> {
  const forms = [node.type ?? []].flat().map((type) => formOf(node, type));
  return fc.oneof(...forms.map((arbitrary) => ({ weight: 9, arbitrary })), {
    weight: 1,
    arbitrary: strayValue,
  });
}

function formOf(node: SchemaNode, type: JsonType): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: -2000, max: 2000 });
    case 'number':
      return fc.double();
    case 'string':
      return fc.oneof(word, fc.constantFrom('a', ...(node.enum ?? [])));
    case 'array':
      return fc.array(nearly(schema.itemsOf(node) ?? {}), { maxLength: 3 });
    case 'object':
      return mappingOf(node);
  }
}

function mappingOf(node: SchemaNode): fc.Arbitrary<unknown> {
  const names = [...Object.keys(node.properties ?? {}), 'web', 'nofile', 'x-a', 'constructor'];
  const entries = names.flatMap((name) => {
    const child = schema.childOf(node, name);
    return child === undefined ? [] : [nearly(child).map((value): [string, unknown] => [name, value])];
  });
  const stray = fc.tuple(strayKey, strayValue);
  const some = fc.array(fc.oneof({ weight: 15, arbitrary: fc.oneof(...entries, stray) }, stray), {
    maxLength: 5,
  });
  return some.map((pairs) => Object.fromEntries(pairs));
}

const document = mappingOf(schema.root);

it('the check finds exactly the faults that the JSON Schema means', () => {
  fc.assert(
    fc.property(document, (candidate) => {
      expect(ourFaults(candidate)).toEqual(faultsByAjv(candidate));
    }),
    { numRuns: 1500, examples: [[{ services: { web: { security_opt: [null, null] } } }]] },
  );
});
