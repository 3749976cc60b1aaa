import type { BuildFact, BuildFacts } from '../../model/build-facts.js';
import type { Reason } from '../../model/plan.js';
import type { PlanBuilder } from '../plan-builder.js';
import { canonicalText } from '../text/canonical-text.js';

/** Which builds are wanted, and what is known of them and of what they need. */
export interface WantedBuilds {
  /** Why, by service. */
  readonly reasons: ReadonlyMap<string, Reason>;
  readonly facts: BuildFacts;
  /** Whether a service has its image, whatever it was built from. */
  isHere(service: string): boolean;
  /** `if-stale`: services that others name as contexts are left as they are when nothing of them has changed. */
  readonly contexts: 'if-stale' | 'always';
  readonly memoryBytes?: number | undefined;
}

/**
 * Plans builds, each after those that it needs: what stands in its way is built too. Two services with the same build
 * share it. Gives the step of each service that has one.
 */
export function planBuilds(plan: PlanBuilder, wanted: WantedBuilds): Map<string, number> {
  const reasons = withNeeded(wanted);
  const steps = new Map<string, number>();
  const byContent = new Map<string, number>();
  for (const [service, { build, needs }] of wanted.facts) {
    const reason = reasons.get(service);
    if (reason === undefined) continue;
    const content = canonicalText([build.spec, build.names, build.output]);
    const same = byContent.get(content);
    const step =
      same ??
      plan.add(
        'build-image',
        { build, memoryBytes: wanted.memoryBytes },
        { reason, service, after: needs.map((need) => steps.get(need.service)) },
      );
    byContent.set(content, step);
    steps.set(service, step);
  }
  return steps;
}

/** With what the wanted ones need and cannot have as it is: not here, or perhaps not up to date. */
function withNeeded({ reasons, facts, isHere, contexts }: WantedBuilds): Map<string, Reason> {
  const all = new Map(reasons);
  // Whoever needs comes after what it needs: from the end, every need is seen in time.
  for (const [service, { needs }] of [...facts].reverse()) {
    if (!all.has(service)) continue;
    for (const { service: needed, kind } of needs) {
      const fact = facts.get(needed);
      if (fact === undefined || all.has(needed)) continue;
      const isUsable = isHere(needed) && (kind === 'image' || (contexts === 'if-stale' && isFresh(fact)));
      if (!isUsable) all.set(needed, { kind: 'needed-by', services: [service] });
    }
  }
  return all;
}

function isFresh({ differences }: BuildFact): boolean {
  return differences?.length === 0;
}
