import type { ValuePath } from '../model/span.js';
import { hostsAsList, pairsOf } from './pairs.js';
import type { Place } from './place.js';
import type { MapNode, TreeNode } from './tree-node.js';

/** What stands behind a value of the model. */
export interface LocatedValue {
  readonly place: Place;
  /** `exact`: the value itself; `part`: a text that it was made from; `above`: only a collection that it is in. */
  readonly match: 'exact' | 'part' | 'above';
}

/** Finds what the value at a path of the bound model was made from; `text` tells items of sorted lists apart. */
export function locateValue(tree: MapNode, path: ValuePath, text: string): LocatedValue {
  let node: TreeNode = tree;
  let { place } = tree as TreeNode;
  for (const [index, step] of path.entries()) {
    if (node.kind === 'scalar') return { place: node.place, match: 'part' };
    const next: Found | undefined = stepDown(node, step, index === path.length - 1 ? text : undefined);
    if (next === undefined) return { place, match: 'above' };
    node = next.node;
    place = isShownByKey(node) ? (next.key ?? node.place) : node.place;
    if (place.history !== node.place.history) place = withHistoryOf(node.place, place);
  }
  return { place, match: 'exact' };
}

interface Found {
  readonly node: TreeNode;
  readonly key?: Place;
}

/** Collections that are shown as `{}` or null are found where their key stands. */
function isShownByKey(node: TreeNode): boolean {
  return node.kind !== 'scalar';
}

function withHistoryOf({ history }: Place, { file, start, end }: Place): Place {
  return history === undefined ? { file, start, end } : { file, start, end, history };
}

function stepDown(node: TreeNode, step: string | number, text: string | undefined): Found | undefined {
  if (typeof step === 'string') {
    const entry = pairsOf(node)?.entries.get(step);
    return entry === undefined ? undefined : { node: entry.value, key: entry.key };
  }
  const items = node.kind === 'list' ? node.items : (hostsAsList(node)?.items ?? []);
  const here = items[step];
  const hasText = (item: TreeNode | undefined) => item?.kind === 'scalar' && String(item.value) === text;
  const found = hasText(here) ? here : (items.find(hasText) ?? here);
  return found === undefined ? undefined : { node: found };
}
