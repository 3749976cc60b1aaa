import type { ObservedImage } from '../model/observed.js';
import type { Plan, PlanNote, Reason } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import { pullKind } from './image/pull-kind.js';
import { PlanBuilder } from './plan-builder.js';
import type { UpPolicy } from './policy.js';
import { planProvider } from './step/plan-provider.js';

/** What pulls with an interval depend on. */
export interface PullFacts {
  /** Local images by reference. */
  readonly images: ReadonlyMap<string, ObservedImage>;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * What is done before the plan proper, since only its outcome tells what must change: pulls that the policy asks for
 * although the images may be here, and providers, whose variables go into containers. `services` in their order.
 */
export function planPreparation(
  project: Project,
  services: readonly string[],
  policy: UpPolicy,
  facts: PullFacts,
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
    for (const reference of pullableImages(service)) {
      const reason = pullReason(reference, service, policy, facts);
      if (reason === undefined || pulled.has(reference)) continue;
      pulled.add(reference);
      plan.add('pull-image', { reference, platform: service.platform }, { reason, service: name });
    }
  }
  return plan.finish();
}

/** References of the images whose age decides whether they are pulled. */
export function imagesWithInterval(
  project: Project,
  services: readonly string[],
  policy: UpPolicy,
): Set<string> {
  const due = services.flatMap((name) => {
    const service = project.services.get(name);
    return service !== undefined && pullKind(service, policy) === 'every' ? pullableImages(service) : [];
  });
  return new Set(due);
}

/** The preparation as notes of a plan that is only looked at. */
export function preparationNotes(preparation: Plan): PlanNote[] {
  return preparation.steps.flatMap((step): PlanNote[] => {
    if (step.kind === 'pull-image')
      return [{ kind: 'pulled-first', reference: step.reference, reason: step.reason }];
    if (step.kind === 'prepare-model')
      return [{ kind: 'model-first', key: step.model.key, model: step.model.model }];
    if (step.kind !== 'run-provider') return [];
    return [{ kind: 'provider-first', service: step.service ?? '', type: step.provider.type }];
  });
}

/** The service's own, unless it is built, and those of its pre_start steps. */
function pullableImages(service: ServiceSpec): string[] {
  if (service.provider !== undefined) return [];
  const own = service.build === undefined ? [service.image] : [];
  return [...own, ...service.preStart.flatMap(({ image }) => image ?? [])];
}

function pullReason(
  reference: string,
  service: ServiceSpec,
  policy: UpPolicy,
  { images, nowMs }: PullFacts,
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
