#!/usr/bin/env node
// Writes src/load/schema/compose-schema.ts from schema/compose.schema.json: the schema without what only editors
// read, as text, since parsing JSON text is the fastest way to get it at start-up. The file is committed, so that
// nothing has to be built before the tests; a test holds both in step. Run it after each change of the schema.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const schemaFile = join(root, 'schema/compose.schema.json');
const target = join(root, 'src/load/schema/compose-schema.ts');

/** Keys of a schema whose values are schemas by name: there a key is a name, whatever it looks like. */
const schemasByName = ['properties', 'patternProperties', 'definitions'];

export function buildValidator(schemaText) {
  const compact = JSON.stringify(withoutProse(JSON.parse(schemaText)));
  return [
    '// Written by scripts/build-validator.mjs from schema/compose.schema.json: change that and run the script again.',
    '// biome-ignore-all format: generated',
    "import type { SchemaSource } from './schema-source.js';",
    '',
    '/** The schema of the Compose file as JSON text; parses to a SchemaSource. */',
    `const text = ${JSON.stringify(compact)};`,
    '',
    'export function composeSchema(): SchemaSource {',
    '  return JSON.parse(text);',
    '}',
    '',
  ].join('\n');
}

function withoutProse(schema) {
  const kept = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (['description', 'title', '$schema'].includes(keyword)) continue;
    if (schemasByName.includes(keyword)) {
      kept[keyword] = Object.fromEntries(
        Object.entries(value).map(([name, child]) => [name, withoutProse(child)]),
      );
    } else if (keyword === 'items' || (keyword === 'additionalProperties' && typeof value === 'object')) {
      kept[keyword] = withoutProse(value);
    } else kept[keyword] = keyword === 'examples' ? value.slice(0, 1) : value;
  }
  return kept;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(target, buildValidator(readFileSync(schemaFile, 'utf8')));
}
