import type { BuildFacts } from '../../model/build-facts.js';
import type { Plan, Reason } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import { PlanBuilder } from '../plan-builder.js';
import type { BuildRequestPolicy } from './image-build.js';
import { planBuilds } from './plan-builds.js';

/** What a person asks of `build`. */
export interface BuildPolicy extends BuildRequestPolicy {
  /** Services named on the command line; empty: all. Those without a build are passed over. */
  readonly services: readonly string[];
  readonly dependencies: 'with-dependencies' | 'without-dependencies';
  /** How much memory a RUN of the classic builder gets. */
  readonly memoryBytes?: number | undefined;
}

export const defaultBuildPolicy: BuildPolicy = { services: [], dependencies: 'without-dependencies' };

/** Plans the builds of these services, and of what they need. */
export function planBuild(
  project: Project,
  services: readonly string[],
  { memoryBytes }: BuildPolicy,
  { facts, isHere }: { readonly facts: BuildFacts; isHere(service: string): boolean },
): Plan {
  const plan = new PlanBuilder(project.name);
  const reasons = new Map(services.map((service): [string, Reason] => [service, { kind: 'requested' }]));
  planBuilds(plan, { reasons, facts, isHere, contexts: 'always', memoryBytes });
  return plan.finish();
}
