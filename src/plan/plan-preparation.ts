import type { BuildFacts } from '../model/build-facts.js';
import type { ObservedImage } from '../model/observed.js';
import type { Plan, PlanNote, Reason } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import { anyService, builtImages } from './build/build-needs.js';
import { planBuilds } from './build/plan-builds.js';
import { isBuilt, isBuiltFirst, isNamed } from './image/built-images.js';
import { pullKind } from './image/pull-kind.js';
import { PlanBuilder } from './plan-builder.js';
import type { UpPolicy } from './policy.js';
import { planProvider } from './step/plan-provider.js';

/** What the preparation depends on beside the files. */
export interface PreparationFacts {
  /** Local images by reference, as far as `imagesInQuestion` names them. */
  readonly images: ReadonlyMap<string, ObservedImage>;
  /** Of `buildsInQuestion`. */
  readonly builds: BuildFacts;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
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
    for (const { reference, need, reason } of duePulls(service, project, policy, facts)) {
      if (pulled.has(reference)) continue;
      pulled.add(reference);
      plan.add('pull-image', { reference, platform: service.platform, need }, { reason, service: name });
    }
  }
  planBuildsFirst(plan, project, services, policy, facts);
  return plan.finish();
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
    if (service === undefined) return [];
    const isOpen = pullKind(service, policy) === 'every' || isPulledInstead(service, project, policy);
    const pulled = isOpen ? pullableImages(service, project, policy) : [];
    return pulled;
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

interface DuePull {
  readonly reference: string;
  readonly need: 'required' | 'optional';
  readonly reason: Reason;
}

function duePulls(
  service: ServiceSpec,
  project: Project,
  policy: UpPolicy,
  facts: PreparationFacts,
): DuePull[] {
  return pullableImages(service, project, policy).flatMap((reference) => {
    const isOptional = reference === service.image && isPulledInstead(service, project, policy);
    const missing = isOptional && !facts.images.has(reference) ? missingReason : undefined;
    const reason = pullReason(reference, service, policy, facts) ?? missing;
    return reason === undefined ? [] : [{ reference, need: isOptional ? 'optional' : 'required', reason }];
  });
}

const missingReason: Reason = { kind: 'missing-image' };

/** The service's own, unless it is only built, and those of its pre_start steps. */
function pullableImages(service: ServiceSpec, project: Project, policy: UpPolicy): string[] {
  if (service.provider !== undefined) return [];
  const isPulled = !isBuilt(service, policy) || isPulledInstead(service, project, policy);
  const own = isPulled ? [service.image] : [];
  return [...own, ...service.preStart.flatMap(({ image }) => image ?? [])];
}

/** Whether a registry is asked for an image that could be built: who has none of his own is glad of it. */
function isPulledInstead(service: ServiceSpec, project: Project, policy: UpPolicy): boolean {
  return (
    isBuilt(service, policy) &&
    !isBuiltFirst(service, policy) &&
    isNamed(service, project) &&
    pullKind(service, policy) !== 'never'
  );
}

function pullReason(
  reference: string,
  service: ServiceSpec,
  policy: UpPolicy,
  { images, nowMs }: PreparationFacts,
): Reason | undefined {
  const kind = pullKind(service, policy);
  if (kind === 'always') return { kind: 'pull-policy', policy: 'always' };
  if (kind !== 'every' || service.pullPolicy?.kind !== 'every') return undefined;
  const image = images.get(reference);
  // An image that is not here is for the plan proper: perhaps nothing needs it.
  if (image === undefined) return undefined;
  const { lastTaggedAtMs } = image;
  const { intervalMs } = service.pullPolicy;
  if (lastTaggedAtMs !== undefined && nowMs - lastTaggedAtMs <= intervalMs) return undefined;
  const ageMs = lastTaggedAtMs === undefined ? undefined : nowMs - lastTaggedAtMs;
  return { kind: 'image-too-old', intervalMs, ageMs };
}
