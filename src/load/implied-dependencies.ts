import { impliedAt } from './provenance.js';
import {
  child,
  entriesOf,
  isNull,
  type MapNode,
  mapOf,
  scalarNode,
  stringOf,
  type TreeNode,
  withEntry,
} from './tree-node.js';

/** Attributes whose `service:x` shares something of another service. */
const sharingKeys = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'];

/** `depends_on` with the dependencies that other attributes imply; undefined when they imply none. */
export function impliedDependencies(service: MapNode): MapNode | undefined {
  const found: [string, TreeNode, 'restart' | 'stay'][] = [];
  for (const item of itemsOf(child(service, 'links'))) {
    const target = stringOf(item)?.split(':')[0];
    if (target) found.push([target, item, 'restart']);
  }
  for (const key of sharingKeys) {
    const value = child(service, key);
    const target = stringOf(value)?.match(/^service:(.+)$/)?.[1];
    if (target !== undefined && value !== undefined) found.push([target, value, 'restart']);
  }
  for (const item of itemsOf(child(service, 'volumes_from'))) {
    const text = stringOf(item);
    if (text && !text.startsWith('container:')) found.push([text.split(':')[0] ?? text, item, 'stay']);
  }
  return found.length === 0 ? undefined : addTo(child(service, 'depends_on'), service, found);
}

function itemsOf(node: TreeNode | undefined): readonly TreeNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function addTo(
  explicit: TreeNode | undefined,
  service: MapNode,
  found: readonly [string, TreeNode, 'restart' | 'stay'][],
): MapNode | undefined {
  const known = entriesOf(explicit);
  let result: MapNode =
    explicit?.kind === 'map' && !isNull(explicit) ? explicit : mapOf([], explicit?.place ?? service.place);
  for (const [target, node, onRestart] of found) {
    // What is written wins over what is implied.
    if (known.has(target) || result.entries.has(target)) continue;
    result = withEntry(result, target, dependency(node, onRestart));
  }
  return result;
}

function dependency(because: TreeNode, onRestart: 'restart' | 'stay'): TreeNode {
  const place = impliedAt(because.place);
  const pairs: [string, TreeNode][] = [['condition', scalarNode('service_started', place)]];
  if (onRestart === 'restart') pairs.push(['restart', scalarNode(true, place)]);
  pairs.push(['required', scalarNode(true, place)]);
  return mapOf(pairs, place);
}
