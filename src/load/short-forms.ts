import { defaultAt } from './provenance.js';
import { type MapEntry, mapNode, mapOf, scalarNode, type TreeNode } from './tree-node.js';

/** `depends_on: [a]` in the long form. */
export function dependenciesAsMap(node: TreeNode): TreeNode {
  return namesTo(node, (item) => {
    const filled = defaultAt(item.place);
    const condition = scalarNode('service_started', filled);
    return mapOf(
      [
        ['condition', condition],
        ['required', scalarNode(true, filled)],
      ],
      item.place,
    );
  });
}

/** `networks: [a]` in the long form. */
export function namesAsMap(node: TreeNode): TreeNode {
  return namesTo(node, (item) => scalarNode(null, item.place));
}

/** A list of names as a mapping with the value that each name stands for; anything else unchanged. */
function namesTo(node: TreeNode, valueFor: (item: TreeNode) => TreeNode): TreeNode {
  if (node.kind !== 'list') return node;
  const entries = new Map<string, MapEntry>();
  for (const item of node.items) {
    if (item.kind !== 'scalar' || item.value === null) return node;
    entries.set(String(item.value), { key: item.place, value: valueFor(item) });
  }
  return mapNode(entries, node.place);
}

/** `build: dir` in the long form. */
export function buildAsMap(node: TreeNode): TreeNode {
  return node.kind === 'scalar' ? mapOf([['context', node]], node.place) : node;
}
