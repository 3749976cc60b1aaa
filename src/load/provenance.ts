import type { ValuePath } from '../model/span.js';
import type { History, Place, ProvenanceStep } from './place.js';
import { type MapEntry, mapItems, type TreeNode } from './tree-node.js';

/** Something that a later file took away. */
export interface Removal {
  readonly path: ValuePath;
  /** Where the `!reset` stands. */
  readonly place: Place;
  /** Where the value stood. */
  readonly other: Place;
}

/**
 * Keeps what a load that is to be explained needs to know. An ordinary load has none, and then nothing is marked
 * but defaults.
 */
export class Provenance {
  readonly removals: Removal[] = [];
  /** Env files of includes, and where the include stands. */
  readonly includeEnvFiles: { readonly path: string; readonly place: Place }[] = [];
}

/** The place, knowing one thing more. */
export function markPlace(place: Place, step: ProvenanceStep): Place {
  const earlier = place.history;
  return { ...place, history: earlier === undefined ? { step } : { step, earlier } };
}

/** The node and all below it, each knowing one thing more. */
export function markAll<T extends TreeNode>(node: T, step: ProvenanceStep): T;
export function markAll(node: TreeNode, step: ProvenanceStep): TreeNode {
  const place = markPlace(node.place, step);
  if (node.kind === 'scalar') return { ...node, place };
  if (node.kind === 'list') return { ...mapItems(node, (item) => markAll(item, step)), place };
  const entries = new Map<string, MapEntry>();
  for (const [key, entry] of node.entries) {
    entries.set(key, { key: entry.key, value: markAll(entry.value, step) });
  }
  return { ...node, entries, place };
}

const filledIn: History = { step: { rule: 'default' } };
const followed: History = { step: { rule: 'implied' } };

/** For a value that an attribute at this place has though nobody wrote it. */
export function defaultAt({ file, start, end }: Place): Place {
  return { file, start, end, history: filledIn };
}

/** For a value that follows from what stands at this place. */
export function impliedAt({ file, start, end }: Place): Place {
  return { file, start, end, history: followed };
}
