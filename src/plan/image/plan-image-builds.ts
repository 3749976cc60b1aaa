import type { BuildFact, BuildFacts } from '../../model/build-facts.js';
import { canonicalImageName } from '../../model/image-name.js';
import type { Reason } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import { anyService, buildNeeds } from '../build/build-needs.js';
import { buildOrder } from '../build/build-order.js';
import { imageBuildOf } from '../build/image-build.js';
import { planBuilds } from '../build/plan-builds.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { UpPolicy } from '../policy.js';
import { isBuilt } from './built-images.js';
import { type ImageContext, isHere, missingReason } from './image-context.js';

/**
 * Plans the build of every image that a new container needs and that is not here. Gives the steps by reference
 * in full.
 */
export function planImageBuilds(plan: PlanBuilder, context: ImageContext): Map<string, number> {
  const { project, decisions, observed, policy } = context;
  const reasons = new Map<string, Reason>();
  for (const { service, replaced, missing } of decisions.values()) {
    if (!isBuilt(service, policy)) continue;
    if (replaced.length + missing.length === 0 || isHere(service.image, service, context)) continue;
    reasons.set(service.name, missingReason(service.image, service, context));
  }
  const facts = observed.builds ?? plainFacts(project, [...reasons.keys()], policy, context.toolVersion);
  const isServiceHere = (name: string) => {
    const service = anyService(project, name);
    return service !== undefined && isHere(service.image, service, context);
  };
  const steps = planBuilds(plan, { reasons, facts, isHere: isServiceHere, contexts: 'if-stale' });
  return new Map([...steps].flatMap(([name, step]) => namesOf(facts.get(name)).map((made) => [made, step])));
}

function namesOf(fact: BuildFact | undefined): string[] {
  return (fact?.build.names ?? []).map(canonicalImageName);
}

/** What the files alone tell of builds, as long as nobody has looked at what they read. */
function plainFacts(
  project: Project,
  names: readonly string[],
  policy: UpPolicy,
  toolVersion: string,
): BuildFacts {
  const found = new Map<string, BuildFact>();
  const add = (service: ServiceSpec | undefined) => {
    if (service === undefined || found.has(service.name)) return;
    const build = imageBuildOf(service, project, toolVersion, 'one', policy.builds);
    if (build === undefined) return;
    const needs = buildNeeds(service, undefined, project);
    found.set(service.name, { build, needs, inputs: undefined, differences: undefined });
    for (const need of needs) add(anyService(project, need.service));
  };
  for (const name of names) add(project.services.get(name));
  return new Map(buildOrder(found));
}
