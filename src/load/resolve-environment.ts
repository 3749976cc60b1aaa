import type { InterpolationTrace } from './interpolate-tree.js';
import type { Lookup } from './lookup.js';
import { PathRules } from './path-rules.js';
import type { Place } from './place.js';
import { markPlace } from './provenance.js';
import { transformAt } from './transform-at.js';
import { isNull, type MapNode, mapEntries, mapItems, scalarNode, type TreeNode } from './tree-node.js';

const environmentRules = PathRules.of<true>({
  'services.*.environment': true,
  'services.*.build.args': true,
});

/** Variables that are named without a value take the one of the shell or of `.env`, when there is one. */
export function resolveEnvironment(model: MapNode, lookup: Lookup, trace?: InterpolationTrace): MapNode {
  return transformAt(model, environmentRules, (node) => resolveBareNames(node, lookup, trace)) as MapNode;
}

function tracedPlace(place: Place, name: string, trace: InterpolationTrace | undefined): Place {
  if (trace === undefined) return place;
  const { includeEnvFiles } = trace;
  return markPlace(place, { rule: 'interpolated', text: `\${${name}}`, form: 'bare-name', includeEnvFiles });
}

function resolveBareNames(node: TreeNode, lookup: Lookup, trace: InterpolationTrace | undefined): TreeNode {
  if (node.kind === 'map') {
    return mapEntries(node, (value, name) => {
      const found = isNull(value) ? lookup(name) : undefined;
      return found === undefined ? value : scalarNode(found, tracedPlace(value.place, name, trace));
    });
  }
  if (node.kind !== 'list') return node;
  return mapItems(node, (item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value.includes('=')) return item;
    const name = item.value;
    const found = lookup(name);
    return found === undefined ? item : scalarNode(`${name}=${found}`, tracedPlace(item.place, name, trace));
  });
}
