import type { ValuePath } from '../../model/span.js';
import { closestName } from './closest-name.js';
import { childOf } from './find-violations.js';
import type { SchemaNode } from './link-schema.js';
import { subjectOf } from './place-words.js';

/** What the person may have meant by a key that is unknown at `path`; undefined when nothing comes to mind. */
export function hintForKey(
  root: SchemaNode,
  path: ValuePath,
  node: SchemaNode,
  key: string,
  value: unknown,
): string | undefined {
  const below = keyWith(node, key);
  if (below !== undefined) return `${JSON.stringify(key)} belongs under ${JSON.stringify(below)}`;
  const close = closestName(key, node.keys.keys());
  if (close !== undefined) return `did you mean ${JSON.stringify(close)}?`;
  const above = placeAbove(root, path, key);
  if (above !== undefined) return `${JSON.stringify(key)} belongs directly to ${above}`;
  return path.length === 0 ? hintForTopLevel(root, value) : undefined;
}

/** The one key of a mapping whose own mapping has `key`. */
function keyWith(node: SchemaNode, key: string): string | undefined {
  const holders = [...node.keys].filter(([, child]) => child.keys.has(key)).map(([holder]) => holder);
  return holders.length === 1 ? holders[0] : undefined;
}

/** The nearest place above `path` that has `key`. */
function placeAbove(root: SchemaNode, path: ValuePath, key: string): string | undefined {
  const nodes = nodesAlong(root, path);
  for (let depth = nodes.length - 2; depth >= 0; depth--) {
    if (nodes[depth]?.keys.has(key)) return depth === 0 ? 'the top level' : subjectOf(path.slice(0, depth));
  }
  return undefined;
}

/** The schemas from the root down to `path`, both included. */
function nodesAlong(root: SchemaNode, path: ValuePath): SchemaNode[] {
  const nodes = [root];
  let node: SchemaNode | undefined = root;
  for (const step of path) {
    node = typeof step === 'number' ? node.items : childOf(node, step);
    if (node === undefined) break;
    nodes.push(node);
  }
  return nodes;
}

/** Files of the first version had no `services`: what looks like a service gets its own advice. */
function hintForTopLevel(root: SchemaNode, value: unknown): string | undefined {
  const services = root.keys.get('services');
  const service = services === undefined ? undefined : childOf(services, 'service');
  if (service === undefined || typeof value !== 'object' || value === null) return undefined;
  const isService = Object.hasOwn(value, 'image') || Object.hasOwn(value, 'build');
  const isLikeService = isService && Object.keys(value).every((key) => childOf(service, key) !== undefined);
  return isLikeService ? 'a service must stand under "services"' : undefined;
}
