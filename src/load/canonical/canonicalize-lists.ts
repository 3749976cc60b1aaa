import { defaultAt } from '../provenance.js';
import { isNull, listNode, mapItems, mapOf, scalarNode, type TreeNode } from '../tree-node.js';

/** A single value as a list of one. */
export function toList(node: TreeNode): TreeNode {
  return node.kind === 'scalar' && node.value !== null ? listNode([node], node.place) : node;
}

/** The same, without empty texts: `dns: ${DNS}` with no DNS means none. */
export function toListWithoutEmpty(node: TreeNode): TreeNode {
  const list = toList(node);
  if (list.kind !== 'list') return list;
  const items = list.items.filter((item) => !(item.kind === 'scalar' && item.value === ''));
  return items.length === list.items.length ? list : { ...list, items };
}

/** `configs: [a]` and `secrets: [a]` in the long form. */
export function canonicalizeGrants(node: TreeNode): TreeNode {
  return eachText(node, (item) => mapOf([['source', item]], item.place));
}

/** `env_file: a` in the long form. */
export function canonicalizeEnvFiles(node: TreeNode): TreeNode {
  return eachText(toList(node), (item) => mapOf([['path', item]], item.place));
}

function eachText(node: TreeNode, change: (item: TreeNode) => TreeNode): TreeNode {
  if (node.kind !== 'list') return node;
  return mapItems(node, (item) => (item.kind === 'scalar' && !isNull(item) ? change(item) : item));
}

/** A text is a line for the shell. */
export function canonicalizeHealthTest(node: TreeNode): TreeNode {
  if (node.kind !== 'scalar' || node.value === null) return node;
  return listNode([scalarNode('CMD-SHELL', defaultAt(node.place)), node], node.place);
}

/** Numbers in a list of texts, as in `group_add: [1000]`. */
export function numbersAsText(node: TreeNode): TreeNode {
  if (node.kind !== 'list') return node;
  return mapItems(node, (item) =>
    item.kind === 'scalar' && typeof item.value === 'number' ? { ...item, value: String(item.value) } : item,
  );
}
