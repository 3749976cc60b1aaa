import {
  isNull,
  type ListNode,
  type MapEntry,
  type MapNode,
  mapNode,
  scalarNode,
  type TreeNode,
} from './tree-node.js';

/**
 * A list of `K=V` as the mapping that it means; a bare `K` has the value null. The last entry of a key wins.
 * Undefined when an item is not a text.
 */
export function pairsFromList(list: ListNode): MapNode | undefined {
  const entries = new Map<string, MapEntry>();
  for (const item of list.items) {
    if (item.kind !== 'scalar' || item.value === null) return undefined;
    const text = String(item.value);
    const equals = text.indexOf('=');
    const key = equals === -1 ? text : text.slice(0, equals);
    const value = scalarNode(equals === -1 ? null : text.slice(equals + 1), item.place);
    entries.set(key, { key: item.place, value });
  }
  return { ...mapNode(entries, list.place), ...(list.tag === undefined ? {} : { tag: list.tag }) };
}

/** The mapping behind either form, or undefined when it is neither. */
export function pairsOf(node: TreeNode | undefined): MapNode | undefined {
  if (node?.kind === 'map') return node;
  return node?.kind === 'list' ? pairsFromList(node) : undefined;
}

/** `["host=ip"]` of a mapping of hosts to one address or a list of addresses. */
export function hostsAsList(node: TreeNode): ListNode | undefined {
  if (node.kind === 'list') return node;
  if (node.kind !== 'map') return undefined;
  const items: TreeNode[] = [];
  for (const [host, { value }] of node.entries) {
    const addresses = value.kind === 'list' ? value.items : [value];
    for (const address of addresses) {
      if (address.kind !== 'scalar') return undefined;
      const text = isNull(address) ? host : `${host}=${String(address.value)}`;
      items.push(scalarNode(text, address.place));
    }
  }
  return { kind: 'list', items, place: node.place };
}
