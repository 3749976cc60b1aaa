import type { BuildNeed } from '../../model/build-facts.js';
import { needsFirst } from '../../model/needs-first.js';

/** Each after what it needs. Dockerfiles that name each other's images in a circle are built as they come. */
export function buildOrder<Item extends { readonly needs: readonly BuildNeed[] }>(
  items: ReadonlyMap<string, Item>,
): [service: string, item: Item][] {
  const needsOf = (name: string) => (items.get(name)?.needs ?? []).map(({ service }) => service);
  return needsFirst(items.keys(), needsOf).flatMap((name) => {
    const item = items.get(name);
    return item === undefined ? [] : [[name, item] as [string, Item]];
  });
}
