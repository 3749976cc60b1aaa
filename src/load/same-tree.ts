import type { TreeNode } from './tree-node.js';

/** Whether two trees say the same, wherever they stand; the order of keys does not matter. */
export function sameTree(a: TreeNode, b: TreeNode): boolean {
  if (a === b) return true;
  if (a.kind === 'scalar') return b.kind === 'scalar' && Object.is(a.value, b.value);
  if (a.kind === 'list') {
    return (
      b.kind === 'list' &&
      a.items.length === b.items.length &&
      a.items.every((item, index) => sameTree(item, b.items[index] as TreeNode))
    );
  }
  if (b.kind !== 'map' || a.entries.size !== b.entries.size) return false;
  for (const [key, { value }] of a.entries) {
    const other = b.entries.get(key);
    if (other === undefined || !sameTree(value, other.value)) return false;
  }
  return true;
}
