import type { DependencyGraph } from '../../graph/dependency-graph.js';
import type { BuildSpec } from '../../model/build.js';
import type { ObservedState } from '../../model/observed.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { Diagnostic } from '../../problems/diagnostic.js';
import type { ServiceDecision } from '../container/decide-services.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { UpPolicy } from '../policy.js';
import { restartCause } from '../step/restart-stops.js';
import { fitsPlatform, platformText } from './image-platform.js';
import { pullKind } from './pull-kind.js';

/** What decides about images, beside the services themselves. */
export interface ImageContext {
  readonly project: Project;
  readonly graph: DependencyGraph;
  readonly decisions: ReadonlyMap<string, ServiceDecision>;
  readonly observed: ObservedState;
  readonly policy: UpPolicy;
}

/**
 * Plans the pull of every image that a new container needs and that is not here, or only for another platform; returns
 * the steps by reference. What would have to be built is a problem: building is not supported yet.
 */
export function planImages(plan: PlanBuilder, context: ImageContext): Map<string, number> {
  const { project, decisions, policy } = context;
  const pulls = new Map<string, number>();
  for (const decision of decisions.values()) {
    const { service, replaced, missing } = decision;
    const isNeeded = replaced.length + missing.length > 0;
    if (service.build !== undefined && (policy.build === 'always' || service.pullPolicy?.kind === 'build')) {
      plan.problem(unbuilt(service, service.build, project, 'should be built'));
    } else if (service.build !== undefined) {
      if (isNeeded && !isHere(service.image, service, context))
        plan.problem(unbuilt(service, service.build, project, 'is not here'));
    } else if (isNeeded) {
      planPull(plan, service.image, service, pulls, context);
    }
    for (const image of hookImages(decision, context)) planPull(plan, image, service, pulls, context);
  }
  return pulls;
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
  if (pullKind(service, context.policy) === 'never') {
    plan.problem(missingForGood(reference, service, context));
    return;
  }
  const fields = { reference, platform };
  pulls.set(
    reference,
    plan.add('pull-image', fields, { reason: reasonOf(reference, service, context), service: service.name }),
  );
}

function reasonOf(reference: string, { platform }: ServiceSpec, { observed }: ImageContext) {
  const image = observed.images.get(reference);
  if (image === undefined || platform === undefined) return { kind: 'missing-image' } as const;
  return { kind: 'other-platform', here: platformText(image.platform), wanted: platform } as const;
}

function isHere(reference: string, { platform }: ServiceSpec, { observed }: ImageContext): boolean {
  const image = observed.images.get(reference);
  return image !== undefined && fitsPlatform(image.platform, platform);
}

function unbuilt(service: ServiceSpec, build: BuildSpec, project: Project, why: string): Diagnostic {
  return {
    code: 'config/unsupported',
    severity: 'error',
    message: `image ${service.image} of service "${service.name}" ${why}, and building is not supported yet`,
    ...spanOfImage(service, project),
    hint: `build it with "docker build -t ${service.image} ${build.context}", then run up without --build`,
  };
}

function missingForGood(
  reference: string,
  service: ServiceSpec,
  { observed, project }: ImageContext,
): Diagnostic {
  const image = observed.images.get(reference);
  const what =
    image === undefined
      ? `${reference} of service "${service.name}" is not here`
      : `${reference} of service "${service.name}" is here for ${platformText(image.platform)} and not for ${service.platform}`;
  return {
    code: 'engine/image-not-found',
    severity: 'error',
    message: `no such image: ${what}, and its pull policy is never`,
    ...spanOfImage(service, project),
    hint: 'pull it by hand, or allow pulls with --pull missing',
  };
}

function spanOfImage({ name }: ServiceSpec, { origins }: Project): Pick<Diagnostic, 'span'> {
  const span = origins.spanOf(['services', name, 'image']);
  return span === undefined ? {} : { span };
}
