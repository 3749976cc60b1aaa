import type { ValuePath } from '../model/span.js';
import type { PathRules } from './path-rules.js';
import { mapEntries, mapItems, type TreeNode } from './tree-node.js';

/** Changes the nodes that a table of rules names; only descends where there are rules, and shares all the rest. */
export function transformAt<T>(
  node: TreeNode,
  rules: PathRules<T>,
  change: (node: TreeNode, rule: T) => TreeNode,
): TreeNode {
  const below = transformBelow(node, rules, change);
  return rules.rule === undefined ? below : change(below, rules.rule);
}

function transformBelow<T>(
  node: TreeNode,
  rules: PathRules<T>,
  change: (node: TreeNode, rule: T) => TreeNode,
): TreeNode {
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') {
    const itemRules = rules.item();
    return itemRules === undefined ? node : mapItems(node, (item) => transformAt(item, itemRules, change));
  }
  return mapEntries(node, (value, key) => {
    const keyRules = rules.key(key);
    return keyRules === undefined ? value : transformAt(value, keyRules, change);
  });
}

/** Looks at the nodes that a table of rules names. */
export function visitAt<T>(
  node: TreeNode,
  rules: PathRules<T>,
  path: ValuePath,
  see: (node: TreeNode, rule: T, path: ValuePath) => void,
): void {
  if (rules.rule !== undefined) see(node, rules.rule, path);
  if (node.kind === 'list') {
    const itemRules = rules.item();
    if (itemRules === undefined) return;
    for (const [index, item] of node.items.entries()) visitAt(item, itemRules, [...path, index], see);
  } else if (node.kind === 'map') {
    for (const [key, { value }] of node.entries) {
      const keyRules = rules.key(key);
      if (keyRules !== undefined) visitAt(value, keyRules, [...path, key], see);
    }
  }
}
