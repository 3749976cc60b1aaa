import type { ValuePath } from '../../model/span.js';
import { defaultAt } from '../provenance.js';
import { mapItems, mapOf, scalarNode, type TreeNode } from '../tree-node.js';
import { type CanonicalContext, reportInvalid } from './context.js';

/** `SOURCE[:TARGET[:PERMISSIONS]]` in the long form. */
export function canonicalizeDevices(node: TreeNode, context: CanonicalContext, path: ValuePath): TreeNode {
  if (node.kind !== 'list') return node;
  return mapItems(node, (item, index) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return item;
    const [source = '', target = source, written, ...rest] = item.value.split(':');
    if (rest.length > 0) {
      reportInvalid(
        context,
        item,
        [...path, index],
        `"${item.value}" is a confusing device mapping, use the long syntax`,
      );
      return item;
    }
    const { place } = item;
    const pairs: [string, TreeNode][] = [
      ['source', scalarNode(source, place)],
      ['target', scalarNode(target, place)],
      ['permissions', scalarNode(written ?? 'rwm', written === undefined ? defaultAt(place) : place)],
    ];
    return mapOf(pairs, place);
  });
}

/** `gpus: all` is one request for all of them. */
export function canonicalizeGpus(node: TreeNode): TreeNode {
  if (node.kind === 'scalar' && node.value === 'all') {
    const request = mapOf([['count', scalarNode(-1, node.place)]], node.place);
    return { kind: 'list', items: [request], place: node.place };
  }
  return node;
}
