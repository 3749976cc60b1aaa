import type { ValuePath } from '../model/span.js';
import type { Place } from './place.js';

/**
 * Located YAML. Nodes are never changed: a stage that changes something makes new nodes and shares the rest, so
 * that a node which merge, extends or include moved still knows where it was written. A node may stand in several
 * places of a tree (aliases do that).
 */
export type TreeNode = ScalarNode | ListNode | MapNode;

/** `!reset` removes what earlier files said at this path, `!override` replaces it without merging. */
export type NodeTag = 'reset' | 'override';

export type TreeScalar = string | number | bigint | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: TreeScalar;
  readonly place: Place;
  readonly tag?: NodeTag;
  /** An unquoted date: YAML gives it a type of its own, which the Compose format does not know. */
  readonly isTimestamp?: true;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
  readonly place: Place;
  readonly tag?: NodeTag;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly place: Place;
  readonly tag?: NodeTag;
}

export interface MapEntry {
  /** Where the key stands. */
  readonly key: Place;
  readonly value: TreeNode;
}

export function scalarNode(value: TreeScalar, place: Place): ScalarNode {
  return { kind: 'scalar', value, place };
}

export function listNode(items: readonly TreeNode[], place: Place): ListNode {
  return { kind: 'list', items, place };
}

export function mapNode(entries: ReadonlyMap<string, MapEntry>, place: Place): MapNode {
  return { kind: 'map', entries, place };
}

/** A mapping from pairs; keys stand where the mapping stands. */
export function mapOf(pairs: Iterable<readonly [string, TreeNode]>, place: Place): MapNode {
  const entries = new Map<string, MapEntry>();
  for (const [key, value] of pairs) entries.set(key, { key: place, value });
  return mapNode(entries, place);
}

export function isNull(node: TreeNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null;
}

/** The value under a key of a mapping; undefined for anything that is not a mapping. */
export function child(node: TreeNode | undefined, key: string): TreeNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

/** The value at a path; undefined when the path leaves the tree. */
export function nodeAt(root: TreeNode | undefined, path: ValuePath): TreeNode | undefined {
  let node = root;
  for (const step of path) {
    if (node === undefined) return undefined;
    node =
      typeof step === 'number' ? (node.kind === 'list' ? node.items[step] : undefined) : child(node, step);
  }
  return node;
}

/** The entries of the mapping under a key, or nothing when there is none. */
export function entriesOf(node: TreeNode | undefined): ReadonlyMap<string, MapEntry> {
  return node?.kind === 'map' ? node.entries : noEntries;
}

const noEntries: ReadonlyMap<string, MapEntry> = new Map();

/** The string of a scalar, or undefined. */
export function stringOf(node: TreeNode | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}

/** The mapping with one entry set; a key that was there keeps its place. */
export function withEntry(map: MapNode, key: string, value: TreeNode): MapNode {
  const entries = new Map(map.entries);
  entries.set(key, { key: map.entries.get(key)?.key ?? value.place, value });
  return { ...map, entries };
}

export function withoutEntry(map: MapNode, key: string): MapNode {
  return withoutEntries(map, new Set([key]));
}

export function withoutEntries(map: MapNode, keys: ReadonlySet<string>): MapNode {
  const present = [...keys].filter((key) => map.entries.has(key));
  if (present.length === 0) return map;
  const entries = new Map(map.entries);
  for (const key of present) entries.delete(key);
  return { ...map, entries };
}

/** The mapping with every value passed through `change`; the same mapping when nothing changed. */
export function mapEntries(map: MapNode, change: (value: TreeNode, key: string) => TreeNode): MapNode {
  let entries: Map<string, MapEntry> | undefined;
  for (const [key, entry] of map.entries) {
    const value = change(entry.value, key);
    if (value === entry.value) continue;
    entries ??= new Map(map.entries);
    entries.set(key, { key: entry.key, value });
  }
  return entries === undefined ? map : { ...map, entries };
}

/** The list with every item passed through `change`; the same list when nothing changed. */
export function mapItems(list: ListNode, change: (item: TreeNode, index: number) => TreeNode): ListNode {
  let items: TreeNode[] | undefined;
  for (let index = 0; index < list.items.length; index++) {
    const item = list.items[index] as TreeNode;
    const value = change(item, index);
    if (value === item) continue;
    items ??= [...list.items];
    items[index] = value;
  }
  return items === undefined ? list : { ...list, items };
}

/** Changes the value under a key, when it is there. */
export function changeEntry(map: MapNode, key: string, change: (value: TreeNode) => TreeNode): MapNode {
  const entry = map.entries.get(key);
  if (entry === undefined) return map;
  const value = change(entry.value);
  return value === entry.value ? map : withEntry(map, key, value);
}
