import type { Lookup } from './interpolate-tree.js';
import { PathRules } from './path-rules.js';
import { transformAt } from './transform-at.js';
import { isNull, type MapNode, mapEntries, mapItems, scalarNode, type TreeNode } from './tree-node.js';

const environmentRules = PathRules.of<true>({
  'services.*.environment': true,
  'services.*.build.args': true,
});

/** Variables that are named without a value take the one of the shell or of `.env`, when there is one. */
export function resolveEnvironment(model: MapNode, lookup: Lookup): MapNode {
  return transformAt(model, environmentRules, (node) => resolveBareNames(node, lookup)) as MapNode;
}

function resolveBareNames(node: TreeNode, lookup: Lookup): TreeNode {
  if (node.kind === 'map') {
    return mapEntries(node, (value, name) => {
      const found = isNull(value) ? lookup(name) : undefined;
      return found === undefined ? value : scalarNode(found, value.place);
    });
  }
  if (node.kind !== 'list') return node;
  return mapItems(node, (item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value.includes('=')) return item;
    const found = lookup(item.value);
    return found === undefined ? item : scalarNode(`${item.value}=${found}`, item.place);
  });
}
