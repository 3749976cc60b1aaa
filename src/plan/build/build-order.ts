import type { BuildNeed } from '../../model/build-facts.js';

/** Each after what it needs. Dockerfiles that name each other's images in a circle are built as they come. */
export function buildOrder<Item extends { readonly needs: readonly BuildNeed[] }>(
  items: ReadonlyMap<string, Item>,
): [service: string, item: Item][] {
  const ordered = new Map<string, Item>();
  const visited = new Set<string>();
  const visit = (name: string) => {
    const item = items.get(name);
    if (item === undefined || visited.has(name)) return;
    visited.add(name);
    for (const { service } of item.needs) visit(service);
    ordered.set(name, item);
  };
  for (const name of items.keys()) visit(name);
  return [...ordered];
}
