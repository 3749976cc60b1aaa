#!/usr/bin/env node
// Writes src/model/compose-file.ts, the types of a Compose file, from schema/compose.schema.json. The file is
// committed; a test holds both in step. Run it after each change of the schema.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';

const root = join(import.meta.dirname, '..');
const schemaFile = join(root, 'schema/compose.schema.json');
const target = join(root, 'src/model/compose-file.ts');

const head = `// Written by scripts/generate-types.mjs from schema/compose.schema.json: change that and run the script again.
// biome-ignore-all lint: generated
// biome-ignore-all format: generated`;

/** What the generator says about a mapping whose keys follow a pattern, alone or below our own words. */
const patternNote =
  / *\/\*\*\n *\* This interface was referenced by .*\n *\* via the `patternProperty` .*\n *\*\/\n/g;
const patternWords = /\n *\*\n *\* This interface was referenced by .*\n *\* via the `patternProperty` .*/g;

export async function generateTypes(schemaText) {
  const schema = forTypes(JSON.parse(schemaText));
  const code = await compile(schema, 'ComposeFile', {
    additionalProperties: false,
    bannerComment: head,
    style: { singleQuote: true, printWidth: 110 },
  });
  const text = code
    .replace(extensionSignature, '[extension: `x-$${string}`]: unknown;')
    .replace(patternNote, '')
    .replace(patternWords, '')
    .replaceAll('[k: string]', '[name: string]');
  return withReadonlyLists(text);
}

/** Lists may be frozen: `as const` gives those. */
function withReadonlyLists(text) {
  let result = text;
  const word = 'readonly ';
  for (let at = text.lastIndexOf('[]'); at !== -1; at = result.lastIndexOf('[]', at + word.length - 1)) {
    const from = beginOf(result, at);
    result = `${result.slice(0, from)}${word}${result.slice(from)}`;
  }
  return result;
}

const brackets = { ')': '(', '}': '{' };

/** Where the type begins that stands before `end`: a word, or all in its brackets. */
function beginOf(text, end) {
  const close = text[end - 1];
  const open = brackets[close];
  let at = end - 1;
  if (open === undefined) {
    while (/\w/.test(text[at - 1])) at--;
    return at;
  }
  for (let depth = 1; depth > 0; ) {
    at--;
    if (text[at] === close) depth++;
    if (text[at] === open) depth--;
  }
  return at;
}

/** Keys that begin with `x-`, as the generator writes them: as if any key were free. */
const extensionSignature =
  /\/\*\*\n *\* This interface was referenced by .*\n *\* via the `patternProperty` "\^x-"\.\n *\*\/\n *\[k: string\]: unknown;/g;

/**
 * A reference with a description of its own would become a second type of the same shape; as the only part of an
 * allOf it stays one type, and the property keeps its description.
 */
function forTypes(node) {
  if (Array.isArray(node)) return node.map(forTypes);
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, examples, ...rest } = node;
  const copy = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, forTypes(value)]));
  if ($ref === undefined) return copy;
  return Object.keys(rest).length === 0 ? { $ref } : { ...copy, allOf: [{ $ref }] };
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(target, await generateTypes(readFileSync(schemaFile, 'utf8')));
}
