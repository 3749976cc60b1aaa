import { formatValuePath } from '../model/span.js';
import { type MergeRule, mergeRules } from './merge-rules.js';
import { hostsAsList, pairsOf } from './pairs.js';
import type { PathRules } from './path-rules.js';
import type { ProblemList } from './problem-list.js';
import { markAll, type Provenance } from './provenance.js';
import { buildAsMap, dependenciesAsMap, namesAsMap } from './short-forms.js';
import {
  child,
  isNull,
  type ListNode,
  listNode,
  type MapEntry,
  type MapNode,
  mapItems,
  mapNode,
  stringOf,
  type TreeNode,
} from './tree-node.js';

/** What becomes of `!reset` and `!override`: `apply` carries them out, `keep` leaves them for a later merge as well. */
export type TagUse = 'apply' | 'keep';

/** Puts one file over the ones before it. */
export function mergeDocuments(
  base: MapNode,
  over: MapNode,
  problems: ProblemList,
  provenance?: Provenance,
): MapNode {
  return new Merge(problems, 'apply', [], provenance).maps(base, over, mergeRules);
}

/**
 * Puts a service over the one that it extends. Its tags act on the base here, and stay, to act on what earlier
 * files say about the service as well.
 */
export function mergeServices(
  base: MapNode,
  over: MapNode,
  name: string,
  problems: ProblemList,
  provenance?: Provenance,
): MapNode {
  const merge = new Merge(problems, 'keep', ['services', name], provenance);
  return merge.maps(base, over, mergeRules.at('services.*'));
}

/** The node without tags: what `!reset` marks is gone, `!override` is an ordinary value. */
export function withoutTags(node: TreeNode): TreeNode {
  const bare = node.tag === undefined ? node : untagged(node);
  if (bare.kind === 'list') return mapItems(bare, withoutTags);
  if (bare.kind === 'scalar') return bare;
  let entries: Map<string, MapEntry> | undefined;
  for (const [key, entry] of bare.entries) {
    const value = entry.value.tag === 'reset' ? undefined : withoutTags(entry.value);
    if (value === entry.value) continue;
    entries ??= new Map(bare.entries);
    if (value === undefined) entries.delete(key);
    else entries.set(key, { key: entry.key, value });
  }
  return entries === undefined ? bare : { ...bare, entries };
}

function untagged<T extends TreeNode>(node: T): T {
  const { tag: _, ...rest } = node;
  return rest as T;
}

type Rules = PathRules<MergeRule> | undefined;

class Merge {
  readonly #problems: ProblemList;
  readonly #tags: TagUse;
  readonly #path: (string | number)[];
  readonly #provenance: Provenance | undefined;

  constructor(
    problems: ProblemList,
    tags: TagUse,
    path: readonly string[],
    provenance: Provenance | undefined,
  ) {
    this.#problems = problems;
    this.#tags = tags;
    this.#path = [...path];
    this.#provenance = provenance;
  }

  maps(base: MapNode, over: MapNode, rules: Rules): MapNode {
    let entries: Map<string, MapEntry> | undefined;
    for (const [key, entry] of over.entries) {
      const earlier = base.entries.get(key);
      const merged = this.#entry(key, earlier?.value, entry.value, rules?.key(key));
      const value = earlier === undefined ? this.#joining(merged, base) : merged;
      if (value === earlier?.value) continue;
      entries ??= new Map(base.entries);
      if (value === undefined) entries.delete(key);
      else
        entries.set(key, { key: value === earlier?.value ? (earlier?.key ?? entry.key) : entry.key, value });
    }
    return entries === undefined ? base : { ...base, entries };
  }

  #entry(key: string, base: TreeNode | undefined, over: TreeNode, rules: Rules): TreeNode | undefined {
    if (over.tag === 'reset') {
      this.#noteRemoval(key, base, over);
      return this.#tags === 'keep' ? over : undefined;
    }
    if (base === undefined || base.tag === 'reset') return this.#fresh(over);
    if (over.tag === 'override') return this.#instead(base, over, 'overridden');
    this.#path.push(key);
    const value = this.#nodes(base, over, rules);
    this.#path.pop();
    return value;
  }

  /** A value that has no base to merge with. */
  #fresh(over: TreeNode): TreeNode {
    return this.#tags === 'keep' ? over : withoutTags(over);
  }

  /** A value that is there instead of its base. */
  #instead(base: TreeNode, over: TreeNode, rule: 'replaced' | 'overridden' = 'replaced'): TreeNode {
    const value = this.#fresh(over);
    return this.#provenance === undefined ? value : markAll(value, { rule, other: base.place });
  }

  /** What a later file adds to a mapping that an earlier one has; whole services and resources just are there. */
  #joining(value: TreeNode | undefined, base: MapNode): TreeNode | undefined {
    const definitionDepth = this.#tags === 'keep' ? 2 : 1;
    if (value === undefined || this.#provenance === undefined || this.#path.length <= definitionDepth) {
      return value;
    }
    return markAll(value, { rule: 'merged', other: base.place });
  }

  #noteRemoval(key: string, base: TreeNode | undefined, over: TreeNode): void {
    if (base === undefined || base.tag === 'reset') return;
    this.#provenance?.removals.push({ path: [...this.#path, key], place: over.place, other: base.place });
  }

  #nodes(base: TreeNode, over: TreeNode, rules: Rules): TreeNode {
    const rule = rules?.rule;
    if (rule === 'replace') return this.#instead(base, over);
    if (isNull(over)) return base;
    if (isNull(base)) return this.#fresh(over);
    const special = rule === undefined ? undefined : this.#special(rule, base, over, rules);
    return special ?? this.#generic(base, over, rules);
  }

  #generic(base: TreeNode, over: TreeNode, rules: Rules): TreeNode {
    if (base.kind === 'map' && over.kind === 'map') return this.maps(base, over, rules);
    if (base.kind === 'list' && over.kind === 'list') return this.#append(base, over);
    if (base.kind === 'scalar' && over.kind === 'scalar') return this.#instead(base, over);
    this.#problems.error(
      'config/cannot-merge',
      `${formatValuePath(this.#path)} is ${nounOf(over)} here and ${nounOf(base)} in what it overrides`,
      {
        place: over.place,
        path: [...this.#path],
        related: [{ message: `${nounOf(base)} stands here`, place: base.place }],
        hint: 'write both in the same form, or put !override in front of this one',
      },
    );
    return base;
  }

  #append(base: ListNode, over: ListNode): ListNode {
    const added = this.#appended(over.items.map(withoutTags), base);
    return added.length === 0 ? base : listNode([...base.items, ...added], over.place);
  }

  #appended(items: readonly TreeNode[], base: TreeNode): readonly TreeNode[] {
    if (this.#provenance === undefined) return items;
    return items.map((item) => markAll(item, { rule: 'appended', other: base.place }));
  }

  /** The result of a special rule, or undefined when the values do not have the forms that it is about. */
  #special(rule: MergeRule, base: TreeNode, over: TreeNode, rules: Rules): TreeNode | undefined {
    switch (rule) {
      case 'replace':
        return this.#instead(base, over);
      case 'pairs':
        return this.#pairs(pairsOf(base), pairsOf(over));
      case 'hosts':
        return this.#hosts(hostsAsList(base), hostsAsList(over));
      case 'list':
        return this.#append(asList(base), asList(over));
      case 'dependencies':
        return this.#bothMaps(dependenciesAsMap(base), dependenciesAsMap(over), rules);
      case 'names':
        return this.#bothMaps(namesAsMap(base), namesAsMap(over), rules);
      case 'build':
        return this.#bothMaps(buildAsMap(base), buildAsMap(over), rules);
      case 'logging':
        return this.#logging(base, over, rules);
      case 'pools':
        return this.#pools(base, over);
    }
  }

  #bothMaps(base: TreeNode, over: TreeNode, rules: Rules): TreeNode | undefined {
    return base.kind === 'map' && over.kind === 'map' ? this.maps(base, over, rules) : undefined;
  }

  #pairs(base: MapNode | undefined, over: MapNode | undefined): TreeNode | undefined {
    if (base === undefined || over === undefined) return undefined;
    const entries = new Map(base.entries);
    for (const [key, entry] of over.entries) {
      const { value } = entry;
      const earlier = base.entries.get(key)?.value;
      if (value.tag === 'reset' && this.#tags === 'apply') {
        this.#noteRemoval(key, earlier, value);
        entries.delete(key);
      } else if (value.tag === undefined && this.#provenance === undefined) entries.set(key, entry);
      else entries.set(key, { ...entry, value: this.#pair(earlier, value, base) });
    }
    return mapNode(entries, over.place);
  }

  #pair(earlier: TreeNode | undefined, value: TreeNode, base: MapNode): TreeNode {
    if (earlier !== undefined) {
      return this.#instead(earlier, value, value.tag === 'override' ? 'overridden' : 'replaced');
    }
    return this.#joining(this.#fresh(value), base) as TreeNode;
  }

  #hosts(base: ListNode | undefined, over: ListNode | undefined): TreeNode | undefined {
    if (base === undefined || over === undefined) return undefined;
    const present = new Set(base.items.map((item) => stringOf(item)));
    const added = over.items.filter((item) => !present.has(stringOf(item)));
    return listNode([...base.items, ...this.#appended(added, base)], over.place);
  }

  #logging(base: TreeNode, over: TreeNode, rules: Rules): TreeNode | undefined {
    const before = child(base, 'driver');
    const after = child(over, 'driver');
    const areDifferent =
      before !== undefined && after !== undefined && stringOf(before) !== stringOf(after) && !isNull(after);
    return areDifferent ? this.#instead(base, over) : this.#bothMaps(base, over, rules);
  }

  /** Pools with the same subnet merge; the others are added. */
  #pools(base: TreeNode, over: TreeNode): TreeNode | undefined {
    if (base.kind !== 'list' || over.kind !== 'list') return undefined;
    const items = [...base.items];
    for (const pool of over.items) {
      const subnet = stringOf(child(pool, 'subnet'));
      const at =
        subnet === undefined ? -1 : items.findIndex((item) => stringOf(child(item, 'subnet')) === subnet);
      const earlier = items[at];
      if (earlier?.kind === 'map' && pool.kind === 'map') items[at] = this.maps(earlier, pool, undefined);
      else items.push(...this.#appended([pool], base));
    }
    return listNode(items, over.place);
  }
}

function asList(node: TreeNode): ListNode {
  return node.kind === 'list' ? node : listNode([node], node.place);
}

function nounOf(node: TreeNode): string {
  return node.kind === 'scalar' ? 'a single value' : node.kind === 'list' ? 'a list' : 'a mapping';
}
