import { groupBy } from '../model/group-by.js';
import type { ValuePath } from '../model/span.js';
import { type MapNode, mapEntries, type TreeNode, withoutEntries } from './tree-node.js';

/** Shorter paths lead to whole sections and to whole services, networks…: without those, nothing else makes sense. */
const shortestFault = 3;

/**
 * The model without the attributes that the schema refused, so that the checks behind it can still tell what else is
 * wrong. Undefined when too much would be missing: then whatever they found would only follow from what is known.
 */
export function soundPart(model: MapNode, faults: readonly ValuePath[]): MapNode | undefined {
  const attributes = faults.map(attributeOf);
  if (attributes.includes(undefined)) return undefined;
  return without(
    model,
    attributes.filter((path) => path !== undefined),
  ) as MapNode;
}

/** The attribute that a fault is in, however deep; undefined for whole sections and services. */
function attributeOf(fault: ValuePath): readonly string[] | undefined {
  const attribute: string[] = [];
  for (const step of fault) {
    if (typeof step === 'number' || attribute.length === shortestFault) break;
    attribute.push(step);
  }
  return attribute.length === shortestFault ? attribute : undefined;
}

/** The tree without what the paths lead to: all at once, since each change copies the mapping that it is in. */
function without(node: TreeNode, paths: readonly (readonly string[])[]): TreeNode {
  if (node.kind !== 'map') return node;
  const byKey = groupBy(paths, ([key]) => key);
  const kept = withoutEntries(node, new Set(paths.flatMap((path) => (path.length === 1 ? path : []))));
  return mapEntries(kept, (value, key) => {
    const below = byKey.get(key)?.map((path) => path.slice(1));
    return below === undefined ? value : without(value, below);
  });
}
