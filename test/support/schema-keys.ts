import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
}

/** Every key of the published schema, in its order: `*` stands for a name that people choose, `[]` for an item. */
export function schemaKeys(): string[] {
  const path = join(import.meta.dirname, '../../schema/compose.schema.json');
  const root = JSON.parse(readFileSync(path, 'utf8')) as SchemaNode;
  const keys = new Set<string>();
  walk(root, '', root, keys);
  return [...keys];
}

function walk(given: SchemaNode, path: string, root: SchemaNode, keys: Set<string>): void {
  const node = resolve(given, root);
  for (const branch of [...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.allOf ?? [])])
    walk(branch, path, root, keys);
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    const key = path === '' ? name : `${path}.${name}`;
    keys.add(key);
    walk(child, key, root, keys);
  }
  for (const [pattern, child] of Object.entries(node.patternProperties ?? {})) {
    if (pattern !== '^x-') walk(child, `${path}.*`, root, keys);
  }
  if (typeof node.additionalProperties === 'object') walk(node.additionalProperties, `${path}.*`, root, keys);
  if (node.items !== undefined) walk(node.items, `${path}[]`, root, keys);
}

function resolve(node: SchemaNode, root: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  const steps = node.$ref.split('/').slice(1);
  const found = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], root);
  return resolve(found as SchemaNode, root);
}
