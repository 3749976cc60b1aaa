import { canonicalImageName } from '../../model/image-name.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { Diagnostic } from '../../problems/diagnostic.js';
import type { ServiceDecision } from '../container/decide-services.js';
import type { PlanBuilder } from '../plan-builder.js';
import { restartCause } from '../step/restart-stops.js';
import { isBuilt, isNamed } from './built-images.js';
import { type ImageContext, isHere, missingReason } from './image-context.js';
import { platformText } from './image-platform.js';
import { pullKind } from './pull-kind.js';
import { mountedImages } from './service-images.js';

/**
 * Plans the pull of every image that a new container needs and that is neither here nor built: `builds` are the steps
 * that build images, by reference in full. Gives the steps by reference as services write
 * it. All builds come before everything else, so nobody needs to wait for his.
 */
export function planImages(
  plan: PlanBuilder,
  builds: ReadonlyMap<string, number>,
  context: ImageContext,
): Map<string, number> {
  const { decisions, policy } = context;
  const made = new Map<string, number>();
  for (const decision of decisions.values()) {
    const { service, replaced, missing } = decision;
    const isNeeded = replaced.length + missing.length > 0;
    const own = isNeeded ? [service.image, ...mountedImages(service)] : [];
    for (const image of [...own, ...hookImages(decision, context)]) {
      if (builds.has(canonicalImageName(image))) continue;
      if (image !== service.image || !isBuilt(service, policy)) planPull(plan, image, service, made, context);
    }
  }
  return made;
}

/** Of the pre_start steps that are going to run, as far as they have an image of their own. */
function hookImages(decision: ServiceDecision, { graph, decisions, policy }: ImageContext): string[] {
  const { service, kept, replaced, missing } = decision;
  const starts =
    replaced.length + missing.length > 0 ||
    kept.some(({ container }) => container.state !== 'running') ||
    restartCause(service.name, graph, decisions) !== undefined;
  if (policy.start === 'create-only' || !starts) return [];
  return service.preStart.flatMap(({ image }) => (image === undefined ? [] : [image]));
}

function planPull(
  plan: PlanBuilder,
  reference: string,
  service: ServiceSpec,
  pulls: Map<string, number>,
  context: ImageContext,
): void {
  if (pulls.has(reference) || isHere(reference, service, context)) return;
  const { platform } = service;
  const obstacle = obstacleTo(reference, service, context);
  if (obstacle !== undefined) {
    plan.problem(missingForGood(reference, service, context, obstacle));
    return;
  }
  const fields = { reference, platform, need: 'required' } as const;
  pulls.set(
    reference,
    plan.add('pull-image', fields, {
      reason: missingReason(reference, service, context),
      service: service.name,
    }),
  );
}

interface Obstacle {
  readonly why: string;
  readonly hint: string;
}

/** Why an image that is not here is not pulled. No registry can have a name that only a build gives. */
function obstacleTo(
  reference: string,
  service: ServiceSpec,
  { project, policy }: ImageContext,
): Obstacle | undefined {
  const isOnlyBuilt =
    service.build !== undefined && reference === service.image && !isNamed(service, project);
  if (isOnlyBuilt)
    return { why: 'it is not to be built', hint: `build it first: tscompose build ${service.name}` };
  if (pullKind(service, policy) !== 'never') return undefined;
  return {
    why: 'its pull policy is never',
    hint: 'pull it by hand, or allow pulls with --pull missing',
  };
}

function missingForGood(
  reference: string,
  service: ServiceSpec,
  { observed, project }: ImageContext,
  { why, hint }: Obstacle,
): Diagnostic {
  const image = observed.images.get(reference);
  const what =
    image === undefined
      ? `${reference} of service "${service.name}" is not here`
      : `${reference} of service "${service.name}" is here for ${platformText(image.platform)} and not for ${service.platform}`;
  return {
    code: 'engine/image-not-found',
    severity: 'error',
    message: `no such image: ${what}, and ${why}`,
    ...spanOfImage(service, project),
    hint,
  };
}

function spanOfImage({ name }: ServiceSpec, { origins }: Project): Pick<Diagnostic, 'span'> {
  const span = origins.spanOf(['services', name, 'image']);
  return span === undefined ? {} : { span };
}
