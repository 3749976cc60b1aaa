import type { ValuePath } from '../model/span.js';
import { changeEntry, type MapNode, withoutEntry } from './tree-node.js';

/** Shorter paths lead to whole sections and to whole services, networks…: without those, nothing else makes sense. */
const shortestFault = 3;

/**
 * The model without the attributes that the schema refused, so that the checks behind it can still tell what else is
 * wrong. Undefined when too much would be missing: then whatever they found would only follow from what is known.
 */
export function soundPart(model: MapNode, faults: readonly ValuePath[]): MapNode | undefined {
  let sound = model;
  for (const fault of faults) {
    const attribute = attributeOf(fault);
    if (attribute === undefined) return undefined;
    sound = without(sound, attribute);
  }
  return sound;
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

function without(map: MapNode, [key, ...rest]: readonly string[]): MapNode {
  if (key === undefined) return map;
  if (rest.length === 0) return withoutEntry(map, key);
  return changeEntry(map, key, (value) => (value.kind === 'map' ? without(value, rest) : value)) as MapNode;
}
