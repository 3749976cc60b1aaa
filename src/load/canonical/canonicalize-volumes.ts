import type { ValuePath } from '../../model/span.js';
import { defaultAt } from '../provenance.js';
import { mapItems, mapOf, scalarNode, type TreeNode } from '../tree-node.js';
import { type CanonicalContext, reportInvalid } from './context.js';
import { type ParsedVolume, parseVolumeSpec } from './volume-spec.js';

/** Every mount of a service in the long form. */
export function canonicalizeVolumes(node: TreeNode, context: CanonicalContext, path: ValuePath): TreeNode {
  if (node.kind !== 'list') return node;
  return mapItems(node, (item, index) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return item;
    const parsed = parseVolumeSpec(item.value);
    if (parsed.ok) return longForm(parsed.volume, item);
    reportInvalid(context, item, [...path, index], parsed.message);
    return item;
  });
}

function longForm(volume: ParsedVolume, { place }: TreeNode): TreeNode {
  const text = (value: string) => scalarNode(value, place);
  const pairs: [string, TreeNode][] = [['type', text(volume.type)]];
  if (volume.source !== undefined) pairs.push(['source', text(volume.source)]);
  pairs.push(['target', text(volume.target)]);
  if (volume.isReadOnly) pairs.push(['read_only', scalarNode(true, place)]);
  const bind: [string, TreeNode][] = [];
  if (volume.selinux !== undefined) bind.push(['selinux', text(volume.selinux)]);
  if (volume.propagation !== undefined) bind.push(['propagation', text(volume.propagation)]);
  if (volume.type === 'bind') bind.push(['create_host_path', scalarNode(true, defaultAt(place))]);
  if (bind.length > 0) pairs.push(['bind', mapOf(bind, place)]);
  const options: [string, TreeNode][] = volume.nocopy ? [['nocopy', scalarNode(true, place)]] : [];
  if ((volume.type === 'volume' && volume.hasOptions) || volume.nocopy)
    pairs.push(['volume', mapOf(options, place)]);
  return mapOf(pairs, place);
}
