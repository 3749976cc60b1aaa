import type { ValuePath } from '../../model/span.js';
import { closestName } from './closest-name.js';
import { subjectOf } from './place-words.js';
import type { SchemaNode, SchemaReader } from './schema-reader.js';

/** What the person may have meant by a key that is unknown at `path`; undefined when nothing comes to mind. */
export function hintForKey(
  schema: SchemaReader,
  path: ValuePath,
  node: SchemaNode,
  key: string,
  value: unknown,
): string | undefined {
  const below = keyWith(schema, node, key);
  if (below !== undefined) return `${JSON.stringify(key)} belongs under ${JSON.stringify(below)}`;
  const close = closestName(key, keysOf(node));
  if (close !== undefined) return `did you mean ${JSON.stringify(close)}?`;
  const above = placeAbove(schema, path, key);
  if (above !== undefined) return `${JSON.stringify(key)} belongs directly to ${above}`;
  return path.length === 0 ? hintForTopLevel(schema, value) : undefined;
}

function keysOf(node: SchemaNode | undefined): string[] {
  return Object.keys(node?.properties ?? {});
}

function hasKey(node: SchemaNode | undefined, key: string): boolean {
  return Object.hasOwn(node?.properties ?? {}, key);
}

/** The one key of a mapping whose own mapping has `key`. */
function keyWith(schema: SchemaReader, node: SchemaNode, key: string): string | undefined {
  const holders = keysOf(node).filter((holder) => hasKey(schema.childOf(node, holder), key));
  return holders.length === 1 ? holders[0] : undefined;
}

/** The nearest place above `path` that has `key`. */
function placeAbove(schema: SchemaReader, path: ValuePath, key: string): string | undefined {
  const nodes = nodesAlong(schema, path);
  for (let depth = nodes.length - 2; depth >= 0; depth--) {
    if (hasKey(nodes[depth], key)) return depth === 0 ? 'the top level' : subjectOf(path.slice(0, depth));
  }
  return undefined;
}

/** The schemas from the root down to `path`, both included. */
function nodesAlong(schema: SchemaReader, path: ValuePath): SchemaNode[] {
  const nodes = [schema.root];
  let node: SchemaNode | undefined = schema.root;
  for (const step of path) {
    node = typeof step === 'number' ? schema.itemsOf(node) : schema.childOf(node, step);
    if (node === undefined) break;
    nodes.push(node);
  }
  return nodes;
}

/** Files of the first version had no `services`: what looks like a service gets its own advice. */
function hintForTopLevel(schema: SchemaReader, value: unknown): string | undefined {
  const service = nodesAlong(schema, ['services', 'service'])[2];
  if (service === undefined || typeof value !== 'object' || value === null) return undefined;
  const isService = Object.hasOwn(value, 'image') || Object.hasOwn(value, 'build');
  const isLikeService =
    isService && Object.keys(value).every((key) => schema.childOf(service, key) !== undefined);
  return isLikeService ? 'a service must stand under "services"' : undefined;
}
