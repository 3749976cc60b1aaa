import { closestName } from '../../model/closest-name.js';
import type { ValuePath } from '../../model/span.js';
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
  const below = holderOf(schema, node, key, 'mapping');
  if (below !== undefined) return `${JSON.stringify(key)} belongs under ${JSON.stringify(below)}`;
  const above = placeAbove(schema, path, key);
  if (above !== undefined) return `${JSON.stringify(key)} belongs ${above}`;
  const close = closestName(key, keysOf(node));
  if (close !== undefined) return `did you mean ${JSON.stringify(close)}?`;
  const listBelow = holderOf(schema, node, key, 'list');
  if (listBelow !== undefined)
    return `${JSON.stringify(key)} belongs to an item of ${JSON.stringify(listBelow)}`;
  return placeElsewhere(schema, path, key, value) ?? allKeys(node);
}

/** A short list says more than no advice. */
function allKeys(node: SchemaNode): string | undefined {
  const keys = keysOf(node);
  return keys.length === 0 || keys.length > 12 ? undefined : `it can have ${keys.sort().join(', ')}`;
}

function placeElsewhere(
  schema: SchemaReader,
  path: ValuePath,
  key: string,
  value: unknown,
): string | undefined {
  if (path.length === 0) return hintForTopLevel(schema, key, value);
  const [section, name] = path;
  const isMisplaced = path.length === 2 && section === 'services' && hasKey(schema.root, String(name));
  return isMisplaced ? `if "${name}" is no service, it belongs at the top level` : undefined;
}

function keysOf(node: SchemaNode | undefined): string[] {
  return Object.keys(node?.properties ?? {});
}

function hasKey(node: SchemaNode | undefined, key: string): boolean {
  return Object.hasOwn(node?.properties ?? {}, key);
}

/** The one key under which there is a mapping, or a list of mappings, that has `key`. */
function holderOf(
  schema: SchemaReader,
  node: SchemaNode,
  key: string,
  form: 'mapping' | 'list',
): string | undefined {
  const holders = keysOf(node).filter((holder) => {
    const child = schema.childOf(node, holder) ?? {};
    return hasKey(form === 'list' ? schema.itemsOf(child) : child, key);
  });
  return holders.length === 1 ? holders[0] : undefined;
}

/** The nearest place above `path` that has `key`; of the top level only the sections, since a name is everywhere. */
function placeAbove(schema: SchemaReader, path: ValuePath, key: string): string | undefined {
  const nodes = nodesAlong(schema, path);
  for (let depth = nodes.length - 2; depth > 0; depth--) {
    if (hasKey(nodes[depth], key)) return `directly to ${subjectOf(path.slice(0, depth))}`;
  }
  const isSection = hasKey(schema.root, key) && schema.childOf(schema.root, key)?.type !== 'string';
  return path.length > 0 && isSection ? 'at the top level' : undefined;
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
function hintForTopLevel(schema: SchemaReader, key: string, value: unknown): string | undefined {
  const service = nodesAlong(schema, ['services', 'service'])[2];
  if (hasKey(service, key)) return `${JSON.stringify(key)} belongs to a service`;
  if (service === undefined || typeof value !== 'object' || value === null) return undefined;
  const isService = Object.hasOwn(value, 'image') || Object.hasOwn(value, 'build');
  const isLikeService =
    isService && Object.keys(value).every((key) => schema.childOf(service, key) !== undefined);
  return isLikeService ? 'a service must stand under "services"' : undefined;
}
