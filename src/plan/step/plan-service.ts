import { containerName, temporaryContainerName } from '../../model/names.js';
import type { ContainerRef, Reason } from '../../model/plan.js';
import { isHeld, planCure } from '../container/container-care.js';
import { type ContainerContext, containerSpec, inheritedMounts } from '../container/container-spec.js';
import { creationAfter, missingParents } from '../container/creation-needs.js';
import type { KeptContainer, ServiceDecision } from '../container/decide-services.js';
import { grantProblems } from '../container/granted-files.js';
import { neighbours } from '../container/neighbours.js';
import { pausedContainer } from '../container/paused-container.js';
import type { ServiceContext } from '../container/service-context.js';
import { startReason } from '../container/start-reason.js';
import type { PlanBuilder } from '../plan-builder.js';
import { gatesOf } from './plan-gates.js';
import { type PreStartContext, planPreStart } from './plan-pre-start.js';
import { existing, planRemoval } from './plan-removal.js';
import { planStarts } from './plan-starts.js';
import { restartCause, stopsOfDependents } from './restart-stops.js';

interface Started {
  readonly number: number;
  readonly ref: ContainerRef;
  /** Steps that must be done before it can start; undefined: it runs already. */
  readonly startAfter: readonly (number | undefined)[] | undefined;
  readonly reason: Reason;
}

/** Plans the containers of one service: surplus goes, outdated is replaced, missing is made, what stands is started. */
export function planService(plan: PlanBuilder, decision: ServiceDecision, context: ServiceContext): void {
  const { service } = decision;
  const { policy, made } = context;
  for (const problem of [...missingParents(decision, context), ...grantProblems(service, context.project)]) {
    plan.problem(problem);
  }
  const removals = decision.removed.map(({ container, reason }) => ({
    number: container.number,
    step: planRemoval(plan, container, { reason, timeoutSec: policy.stopTimeoutSec, service: service.name })
      .removed,
  }));
  const containers = [
    ...decision.kept.map((kept) => keepContainer(plan, kept, removals, decision, context)),
    ...decision.replaced.map((replaced) => replaceContainer(plan, replaced, decision, context)),
    ...decision.missing.map((number) => createContainer(plan, number, decision, context)),
  ].sort((a, b) => a.number - b.number);
  const toStart =
    policy.start === 'start'
      ? containers.flatMap(({ startAfter, ...entry }) =>
          startAfter === undefined ? [] : [{ ...entry, startAfter }],
        )
      : [];
  const gates = gatesOf(plan, service.name, toStart.length > 0 ? 'starting' : 'running', context);
  const others = containers.length > toStart.length ? 'running' : 'none';
  const ready = planPreStart(plan, service, toStart, others, gates, preStartContext(context));
  const starts = planStarts(plan, service, toStart, ready, context.project);
  const held = new Set(
    decision.kept.flatMap(({ container }) => (isHeld(container, policy.care) ? [container.id] : [])),
  );
  made.services.set(service.name, { containers: containers.map(({ ref }) => ref), starts, held });
}

function keepContainer(
  plan: PlanBuilder,
  { container, misnamed, updated }: KeptContainer,
  removals: readonly { number: number | undefined; step: number }[],
  { service }: ServiceDecision,
  { project, made, graph, policy, decisions }: ServiceContext,
): Started {
  const number = container.number ?? 1;
  // Another container of this number may hold the name, and the ports that this one needs.
  const cleared = removals.filter((removal) => removal.number === container.number).map(({ step }) => step);
  const name = misnamed === undefined ? container.name : containerName(project, service, number);
  if (misnamed !== undefined) {
    const about = { reason: misnamed, after: cleared, service: service.name };
    cleared.push(plan.add('rename-container', { container: existing(container), name }, about));
  }
  const ref = existing({ ...container, name });
  if (updated !== undefined) {
    const { reason, limits } = updated;
    const about = { reason, after: cleared, service: service.name };
    cleared.push(plan.add('update-container', { container: ref, limits }, about));
  }
  if (isHeld(container, policy.care)) {
    return { number, ref, startAfter: undefined, reason: { kind: 'requested' } };
  }
  // It cannot start on a network that is on its way out.
  const moved = made.connects.get(container.id) ?? [];
  const stop = made.stops.get(container.id);
  if (stop !== undefined) {
    const reason = restartCause(service.name, graph, decisions) ?? { kind: 'requested' };
    return { number, ref, startAfter: [...cleared, stop, ...moved], reason };
  }
  if (container.state === 'running' || container.state === 'restarting') {
    planCure(plan, container, service, policy);
    if (misnamed === undefined && updated === undefined)
      plan.note({ kind: 'kept', resource: 'container', name: container.name });
    return { number, ref, startAfter: undefined, reason: { kind: 'requested' } };
  }
  if (container.state === 'paused' && policy.start === 'start') {
    plan.problem(pausedContainer(container, service, project));
    return { number, ref, startAfter: undefined, reason: { kind: 'requested' } };
  }
  return { number, ref, startAfter: [...cleared, ...moved], reason: startReason(container, service) };
}

/**
 * Create under a temporary name, stop the old one, remove it, rename: a kill at any point leaves something that the
 * next run recognises by its labels and finishes.
 */
function replaceContainer(
  plan: PlanBuilder,
  { container: old, reason }: ServiceDecision['replaced'][number],
  decision: ServiceDecision,
  context: ServiceContext,
): Started {
  const { policy, project, graph, decisions, made } = context;
  const { service, desired } = decision;
  const number = old.number ?? 1;
  const finalName = containerName(project, service, number);
  const inherited =
    policy.anonymousVolumes === 'inherit' ? inheritedMounts(service, old, desired.image?.volumes ?? []) : [];
  const spec = containerSpec(service, number, inherited, containerContext(decision, context));
  const temporary = { ...spec, name: temporaryContainerName(old.id, finalName) };
  const create = plan.add(
    'create-container',
    { spec: temporary, replaces: old.name },
    { reason, after: creationAfter(decision, context), service: service.name },
  );
  const stopsBefore = stopsOfDependents(service.name, graph, decisions, made.stops);
  const { removed } = planRemoval(plan, old, {
    reason: { kind: 'replaced', by: create },
    timeoutSec: policy.stopTimeoutSec,
    after: [create, ...stopsBefore],
    service: service.name,
  });
  const ref: ContainerRef = { kind: 'planned', step: create, name: finalName };
  const rename = plan.add(
    'rename-container',
    { container: ref, name: finalName },
    { reason: { kind: 'created', step: create }, after: [removed], service: service.name },
  );
  return { number, ref, startAfter: [rename], reason: { kind: 'created', step: create } };
}

function createContainer(
  plan: PlanBuilder,
  number: number,
  decision: ServiceDecision,
  context: ServiceContext,
): Started {
  const { service } = decision;
  const isFirst = decision.kept.length + decision.replaced.length === 0;
  const spec = containerSpec(service, number, [], containerContext(decision, context));
  const reason: Reason = isFirst ? { kind: 'not-found' } : { kind: 'too-few', wanted: service.replicas };
  const create = plan.add(
    'create-container',
    { spec, replaces: undefined },
    { reason, after: creationAfter(decision, context), service: service.name },
  );
  const ref: ContainerRef = { kind: 'planned', step: create, name: spec.name };
  return { number, ref, startAfter: [create], reason: { kind: 'created', step: create } };
}

export function containerContext(decision: ServiceDecision, context: ServiceContext): ContainerContext {
  return {
    ...neighbours(context),
    fingerprint: decision.desired.fingerprint,
    imageId: decision.desired.image?.id,
  };
}

function preStartContext(context: ServiceContext): PreStartContext {
  const { containers, made, policy } = context;
  return { ...neighbours(context), containers, images: made.images, stopTimeoutSec: policy.stopTimeoutSec };
}
