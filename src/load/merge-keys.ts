import { type MapEntry, type MapNode, mapNode } from './tree-node.js';

/** A `!reset` acts where it is written; a merge key does not carry it elsewhere. */
export function withoutResets(source: MapNode): MapNode {
  const kept = [...source.entries].filter(([, { value }]) => value.tag !== 'reset');
  return kept.length === source.entries.size ? source : mapNode(new Map(kept), source.place);
}

/** Own keys win over merged ones, and an earlier merged mapping over a later one. */
export function mergeUnder(own: Map<string, MapEntry>, merged: readonly MapNode[]): Map<string, MapEntry> {
  for (const source of merged) {
    for (const [name, entry] of source.entries) if (!own.has(name)) own.set(name, entry);
  }
  return own;
}
