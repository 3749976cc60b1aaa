import type { BuildFacts } from '../model/build-facts.js';
import { canonicalImageName } from '../model/image-name.js';
import type { Plan, PlanNote, Reason } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import { anyService, builtImages } from './build/build-needs.js';
import { planBuilds } from './build/plan-builds.js';
import { isBuilt, isBuiltFirst } from './image/built-images.js';
import { duePulls, openImages, type PullFacts } from './image/due-pulls.js';
import { PlanBuilder } from './plan-builder.js';
import type { UpPolicy } from './policy.js';
import { planProvider } from './step/plan-provider.js';

/** What the preparation depends on beside the files. */
export interface PreparationFacts extends PullFacts {
  /** Of `buildsInQuestion`. */
  readonly builds: BuildFacts;
}

/**
 * What is done before the plan proper, since only its outcome tells what must change: pulls and builds that the policy
 * asks for although the images may be here, pulls of images that are built when no registry has them, and providers,
 * whose variables go into containers. `services` in their order.
 */
export function planPreparation(
  project: Project,
  services: readonly string[],
  policy: UpPolicy,
  facts: PreparationFacts,
): Plan {
  const plan = new PlanBuilder(project.name);
  const pulled = new Set<string>();
  const providers = new Map<string, number>();
  const models = new Set<string>();
  const built = namesBuilt(project, services, policy);
  for (const name of services) {
    const service = project.services.get(name);
    if (service === undefined) continue;
    if (service.provider !== undefined) {
      const after = [...service.dependsOn.keys()].map((dependency) => providers.get(dependency));
      for (const step of planProvider(plan, service, 'up', { after })) providers.set(name, step);
      continue;
    }
    for (const [key, { model }] of service.models ?? []) {
      if (models.has(key)) continue;
      models.add(key);
      plan.add(
        'prepare-model',
        { model },
        { reason: { kind: 'needed-by', services: [name] }, service: name },
      );
    }
    for (const { reference, need, reason } of duePulls(service, project, policy, built, facts)) {
      if (pulled.has(reference)) continue;
      pulled.add(reference);
      plan.add('pull-image', { reference, platform: service.platform, need }, { reason, service: name });
    }
  }
  planBuildsFirst(plan, project, services, policy, facts);
  return plan.finish();
}

function namesBuilt(project: Project, services: readonly string[], policy: UpPolicy): Set<string> {
  const makers = services.flatMap((name) => project.services.get(name) ?? []);
  return new Set(
    makers.filter((each) => isBuilt(each, policy)).map(({ image }) => canonicalImageName(image)),
  );
}

function planBuildsFirst(
  plan: PlanBuilder,
  project: Project,
  services: readonly string[],
  policy: UpPolicy,
  { builds, images }: PreparationFacts,
): void {
  const reasons = new Map<string, Reason>();
  for (const name of buildsInQuestion(project, services, policy)) {
    const service = project.services.get(name);
    const reason = service === undefined ? undefined : buildReason(service, policy, { builds, images });
    if (reason !== undefined) reasons.set(name, reason);
  }
  const isHere = (name: string) => images.has(anyService(project, name)?.image ?? '');
  planBuilds(plan, {
    reasons,
    facts: builds,
    isHere,
    contexts: policy.build === 'always' ? 'always' : 'if-stale',
  });
}

/** A missing image is for the plan proper when nobody has asked for a build: perhaps nothing needs it. */
function buildReason(
  service: ServiceSpec,
  policy: UpPolicy,
  { builds, images }: Pick<PreparationFacts, 'builds' | 'images'>,
): Reason | undefined {
  if (policy.build === 'always') return { kind: 'requested' };
  if (policy.build !== 'stale') return { kind: 'pull-policy', policy: 'build' };
  const fact = builds.get(service.name);
  if (fact === undefined || !images.has(service.image)) return undefined;
  if (fact.inputs === undefined) return { kind: 'requested' };
  if (fact.differences === undefined) return { kind: 'unknown-origin' };
  return fact.differences.length === 0 ? undefined : { kind: 'stale', differences: fact.differences };
}

/** Services whose images may be built though they are here. */
export function buildsInQuestion(project: Project, services: readonly string[], policy: UpPolicy): string[] {
  return services.filter((name) => {
    const service = project.services.get(name);
    if (service === undefined) return false;
    return isBuiltFirst(service, policy) || (policy.build === 'stale' && isBuilt(service, policy));
  });
}

/** References of the images whose age or presence decides what comes first. */
export function imagesInQuestion(
  project: Project,
  services: readonly string[],
  policy: UpPolicy,
): Set<string> {
  const builds = buildsInQuestion(project, services, policy);
  const due = services.flatMap((name) => {
    const service = project.services.get(name);
    return service === undefined ? [] : openImages(service, project, policy);
  });
  // What is built may begin with any of the others.
  return new Set([...due, ...(builds.length === 0 ? [] : builtImages(project))]);
}

/** The preparation as notes of a plan that is only looked at. */
export function preparationNotes(preparation: Plan): PlanNote[] {
  return preparation.steps.flatMap((step): PlanNote[] => {
    if (step.kind === 'pull-image')
      return [{ kind: 'pulled-first', reference: step.reference, need: step.need, reason: step.reason }];
    if (step.kind === 'build-image') {
      const [reference = ''] = step.build.names;
      return [{ kind: 'built-first', service: step.build.service, reference, reason: step.reason }];
    }
    if (step.kind === 'prepare-model')
      return [{ kind: 'model-first', key: step.model.key, model: step.model.model }];
    if (step.kind !== 'run-provider') return [];
    return [{ kind: 'provider-first', service: step.service ?? '', type: step.provider.type }];
  });
}
