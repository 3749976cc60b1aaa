import type { ValuePath } from '../../model/span.js';
import { defaultAt } from '../provenance.js';
import { child, mapOf, scalarNode, type TreeNode, withEntry } from '../tree-node.js';
import { type CanonicalContext, reportInvalid } from './context.js';
import { type ParsedPort, parsePortSpec } from './port-spec.js';

/** Every port in the long form; a range of container ports becomes several entries. */
export function canonicalizePorts(node: TreeNode, context: CanonicalContext, path: ValuePath): TreeNode {
  if (node.kind !== 'list') return node;
  const items = node.items.flatMap((item, index) => canonicalizePort(item, context, [...path, index]));
  return { ...node, items };
}

function canonicalizePort(item: TreeNode, context: CanonicalContext, path: ValuePath): TreeNode[] {
  if (item.kind === 'map') return [withTextualPublished(item)];
  if (item.kind !== 'scalar' || item.value === null || typeof item.value === 'boolean') return [item];
  const parsed = parsePortSpec(String(item.value));
  if (parsed.ok && parsed.ports.length > 1 && !context.budget.takePorts(parsed.ports.length)) {
    reportInvalid(
      context,
      item,
      path,
      'the ranges of ports of this project are too large',
      'config/too-large',
    );
    return [item];
  }
  if (parsed.ok) return parsed.ports.map((port) => longForm(port, item, String(item.value)));
  reportInvalid(context, item, path, parsed.message);
  return [item];
}

function withTextualPublished(item: Extract<TreeNode, { kind: 'map' }>): TreeNode {
  const published = child(item, 'published');
  if (published?.kind !== 'scalar' || typeof published.value !== 'number') return item;
  return withEntry(item, 'published', { ...published, value: String(published.value) });
}

function longForm(port: ParsedPort, { place }: TreeNode, spec: string): TreeNode {
  const pairs: [string, TreeNode][] = [['mode', scalarNode('ingress', defaultAt(place))]];
  if (port.hostIp !== undefined) pairs.push(['host_ip', scalarNode(port.hostIp, place)]);
  pairs.push(['target', scalarNode(port.target, place)]);
  if (port.published !== undefined) pairs.push(['published', scalarNode(port.published, place)]);
  pairs.push(['protocol', scalarNode(port.protocol, spec.includes('/') ? place : defaultAt(place))]);
  return mapOf(pairs, place);
}
