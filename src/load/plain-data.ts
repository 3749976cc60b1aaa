import type { TreeNode } from './tree-node.js';

/** The tree as plain data for the schema. Objects have no prototype, so that a key may be called `constructor`. */
export function plainData(node: TreeNode): unknown {
  if (node.kind === 'scalar') return typeof node.value === 'bigint' ? Number(node.value) : node.value;
  if (node.kind === 'list') return node.items.map(plainData);
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, { value }] of node.entries) object[key] = plainData(value);
  return object;
}
