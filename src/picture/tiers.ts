import { needsFirst } from '../model/needs-first.js';
import type { ServiceSpec } from '../model/service.js';

/**
 * 0 for services that need nothing, otherwise one more than the highest tier of what they need. Not the order of the
 * graph: that is for services which will run, and refuses circles, that sleeping services may have.
 */
export function tiersOf(services: ReadonlyMap<string, ServiceSpec>): Map<string, number> {
  const tiers = new Map<string, number>();
  const neededBy = (name: string) =>
    [...(services.get(name)?.dependsOn.keys() ?? [])].filter((to) => services.has(to));
  for (const name of needsFirst(services.keys(), neededBy)) {
    const below = neededBy(name).map((to) => tiers.get(to) ?? 0);
    tiers.set(
      name,
      below.reduce((highest, tier) => Math.max(highest, tier + 1), 0),
    );
  }
  return tiers;
}
