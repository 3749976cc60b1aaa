import type { ObservedState } from '../model/observed.js';
import type { Plan, Reason } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { BuildSpec, ServiceSpec } from '../model/service.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import type { ServiceDecision } from './decide-services.js';
import { PlanBuilder } from './plan-builder.js';
import type { UpPolicy } from './policy.js';

/**
 * Plans the pull of every image that a new container needs and that is not here; returns the steps by reference. What
 * would have to be built is a problem: building is not supported yet.
 */
export function planImages(
  plan: PlanBuilder,
  project: Project,
  decisions: ReadonlyMap<string, ServiceDecision>,
  observed: ObservedState,
  policy: UpPolicy,
): Map<string, number> {
  const pulls = new Map<string, number>();
  for (const { service, replaced, missing } of decisions.values()) {
    const isHere = observed.images.has(service.image);
    if (service.build !== undefined && (policy.build === 'always' || service.pullPolicy?.kind === 'build')) {
      plan.problem(unbuilt(service, service.build, project, 'should be built'));
    } else if (replaced.length + missing.length === 0 || isHere || pulls.has(service.image)) {
    } else if (service.build !== undefined) {
      plan.problem(unbuilt(service, service.build, project, 'is not here'));
    } else if (pullWord(service, policy) === 'never') {
      plan.problem(missingForGood(service, project));
    } else {
      pulls.set(service.image, addPull(plan, service, { kind: 'missing-image' }));
    }
  }
  return pulls;
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

function missingForGood(service: ServiceSpec, project: Project): Diagnostic {
  return {
    code: 'engine/image-not-found',
    severity: 'error',
    message: `no such image: ${service.image} of service "${service.name}" is not here, and its pull policy is never`,
    ...spanOfImage(service, project),
    hint: 'pull it by hand, or allow pulls with --pull missing',
  };
}

function spanOfImage({ name }: ServiceSpec, { origins }: Project): Pick<Diagnostic, 'span'> {
  const span = origins.spanOf(['services', name, 'image']);
  return span === undefined ? {} : { span };
}

/**
 * Pulls that the policy asks for although the images may be here: done before the plan proper, since only the pulled
 * image tells whether containers must change.
 */
export function planPulls(project: Project, services: readonly string[], policy: UpPolicy): Plan {
  const plan = new PlanBuilder(project.name);
  const pulled = new Set<string>();
  for (const name of services) {
    const service = project.services.get(name);
    if (service === undefined || service.build !== undefined || pulled.has(service.image)) continue;
    if (pullWord(service, policy) !== 'always') continue;
    pulled.add(service.image);
    addPull(plan, service, { kind: 'pull-policy', policy: 'always' });
  }
  return plan.finish();
}

function addPull(plan: PlanBuilder, service: ServiceSpec, reason: Reason): number {
  const fields = { reference: service.image, platform: service.platform };
  return plan.add('pull-image', fields, { reason, service: service.name });
}

/** `every` is a matter of when the image was pulled last, which is for the image commands to know. */
function pullWord(service: ServiceSpec, policy: UpPolicy): 'always' | 'missing' | 'never' {
  if (policy.pull !== 'policy') return policy.pull;
  const kind = service.pullPolicy?.kind;
  return kind === 'always' || kind === 'never' ? kind : 'missing';
}
