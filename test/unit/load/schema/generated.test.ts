import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { composeSchema } from '../../../../src/load/schema/compose-schema.js';
import { findViolations } from '../../../../src/load/schema/find-violations.js';
import { readSchema } from '../../../../src/load/schema/schema-reader.js';
import type { SchemaSource } from '../../../../src/load/schema/schema-source.js';

const root = join(import.meta.dirname, '../../../..');
const schemaText = readFileSync(join(root, 'schema/compose.schema.json'), 'utf8');

async function script(name: string): Promise<Record<string, (schemaText: string) => unknown>> {
  return import(pathToFileURL(join(root, 'scripts', name)).href);
}

function fileText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

describe('what is generated from the schema is in step with it', () => {
  it('src/load/schema/compose-schema.ts is what scripts/build-validator.mjs writes', async () => {
    const { buildValidator } = await script('build-validator.mjs');
    expect(fileText('src/load/schema/compose-schema.ts')).toBe(await buildValidator?.(schemaText));
  });

  it('src/model/compose-file.ts is what scripts/generate-types.mjs writes', async () => {
    const { generateTypes } = await script('generate-types.mjs');
    expect(fileText('src/model/compose-file.ts')).toBe(await generateTypes?.(schemaText));
  }, 60_000);
});

type Json = Readonly<Record<string, unknown>>;

/** Every schema in the schema, with the path to it. */
function* schemasIn(node: Json, path: string): Generator<[string, Json]> {
  yield [path, node];
  for (const keyword of ['properties', 'patternProperties', 'definitions']) {
    for (const [name, child] of Object.entries((node[keyword] ?? {}) as Json)) {
      yield* schemasIn(child as Json, `${path}/${name}`);
    }
  }
  for (const keyword of ['items', 'additionalProperties']) {
    const child = node[keyword];
    if (typeof child === 'object') yield* schemasIn(child as Json, `${path}/${keyword}`);
  }
}

describe('the schema', () => {
  it('describes every key in a sentence, but for free x- keys', () => {
    const schema = JSON.parse(schemaText) as Json;
    const definitions = schema.definitions as Record<string, Json>;
    const silent = [...schemasIn(schema, '')]
      .filter(([path]) => !path.endsWith('/^x-') && !/\/items$/.test(path))
      .filter(([, node]) => {
        const reference = node.$ref as string | undefined;
        const target =
          reference === undefined ? undefined : definitions[reference.replace('#/definitions/', '')];
        return !/^.+\.$/.test(String(node.description ?? target?.description));
      })
      .map(([path]) => path);
    expect(silent).toEqual([]);
  });

  it('has only examples that fit', () => {
    const schema = JSON.parse(schemaText) as SchemaSource;
    const reader = readSchema(schema);
    const faults = [...schemasIn(schema as Json, '')].flatMap(([path, source]) => {
      const node = reader.childOf({ properties: { example: source as SchemaSource } }, 'example') ?? {};
      return (node.examples ?? []).flatMap((example) =>
        findViolations({ ...reader, root: node }, example).map((fault) => `${path}: ${fault.kind}`),
      );
    });
    expect(faults).toEqual([]);
  });

  it('uses only keywords that the check knows', () => {
    const known = [
      ...['$ref', 'type', 'properties', 'patternProperties', 'additionalProperties', 'required', 'items'],
      ...['uniqueItems', 'enum', 'pattern', 'minimum', 'maximum', 'examples', 'definitions'],
      ...['x-expects', 'x-names'],
    ];
    const used = new Set(
      [...schemasIn(composeSchema() as Json, '')].flatMap(([, node]) => Object.keys(node)),
    );
    expect([...used].filter((keyword) => !known.includes(keyword))).toEqual([]);
  });
});
