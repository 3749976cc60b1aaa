import type { ContainerSpec } from '../model/container-spec.js';
import { composeLabel } from '../model/labels.js';
import type { ContainerRef } from '../model/plan.js';
import { containerSpec } from './container/container-spec.js';
import { creationAfter, missingParents } from './container/creation-needs.js';
import type { ServiceDecision } from './container/decide-services.js';
import { grantedFiles, grantProblems } from './container/granted-files.js';
import type { OneOff } from './container/one-off.js';
import type { ServiceContext } from './container/service-context.js';
import type { PlanBuilder } from './plan-builder.js';
import { gatesOf } from './step/plan-gates.js';
import { containerContext } from './step/plan-service.js';
import { planFiles } from './step/plan-starts.js';

/** The replicas of the service stay as they are: one more container is to be made, whatever there is. */
export function besideReplicas(decision: ServiceDecision): ServiceDecision {
  return { ...decision, kept: [], replaced: [], removed: [], missing: [1] };
}

/**
 * Makes a one-off container once its dependencies are as it needs them, and puts its files into it. Its start is no part
 * of the plan: whoever wants its output must be attached to it before.
 */
export function planOneOff(
  plan: PlanBuilder,
  oneOff: OneOff,
  decision: ServiceDecision,
  context: ServiceContext,
): void {
  const { service } = oneOff;
  for (const problem of [...missingParents(decision, context), ...grantProblems(service, context.project)]) {
    plan.problem(problem);
  }
  const gates = gatesOf(plan, service.name, 'starting', context);
  const create = plan.add(
    'create-container',
    { spec: oneOffSpec(oneOff, decision, context), replaces: undefined },
    {
      reason: { kind: 'requested' },
      after: [...creationAfter(decision, context), ...gates.after],
      afterSettled: gates.afterSettled,
      service: service.name,
    },
  );
  const ref: ContainerRef = { kind: 'planned', step: create, name: oneOff.name };
  planFiles(plan, service.name, ref, grantedFiles(service, context.project));
}

function oneOffSpec(
  { service, name, slug, aliases, traits }: OneOff,
  decision: ServiceDecision,
  context: ServiceContext,
): ContainerSpec<ContainerRef> {
  const spec = containerSpec({ ...service, containerName: name }, 1, [], containerContext(decision, context));
  const labels = new Map(spec.labels);
  labels.delete(composeLabel.containerNumber);
  labels.set(composeLabel.oneOff, 'True').set(composeLabel.slug, slug);
  return {
    ...spec,
    service,
    labels,
    endpoints: spec.endpoints.map((endpoint) =>
      aliases === 'of-service' ? endpoint : { ...endpoint, aliases: [name] },
    ),
    oneOff: traits,
  };
}
