import type { ServiceSpec } from '../model/service.js';

/**
 * 0 for services that need nothing, otherwise one more than the highest tier of what they need. Not the order of the
 * graph: that is for services which will run, and refuses circles, that sleeping services may have.
 */
export function tiersOf(services: ReadonlyMap<string, ServiceSpec>): Map<string, number> {
  const tiers = new Map<string, number>();
  const open = new Set<string>();
  const tierOf = (name: string): number => {
    const known = tiers.get(name);
    if (known !== undefined) return known;
    if (open.has(name)) return 0;
    open.add(name);
    const needed = [...(services.get(name)?.dependsOn.keys() ?? [])].filter((to) => services.has(to));
    const tier = needed.reduce((highest, to) => Math.max(highest, tierOf(to) + 1), 0);
    open.delete(name);
    tiers.set(name, tier);
    return tier;
  };
  for (const name of services.keys()) tierOf(name);
  return tiers;
}
