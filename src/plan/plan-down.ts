import type { DependencyGraph } from '../graph/dependency-graph.js';
import { withDependents } from '../graph/select.js';
import { composeLabel } from '../model/labels.js';
import type { ObservedContainer, ObservedState, ProjectImage } from '../model/observed.js';
import type { Plan, Reason } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import { BlockedError } from '../problems/errors.js';
import { unknownService } from '../problems/unknown-service.js';
import { checkDescent } from './check/check-descent.js';
import {
  ContainerIndex,
  containersByNetwork,
  containersByVolume,
  isHook,
} from './container/container-index.js';
import type { DownPolicy } from './down-policy.js';
import { planImageRemovals } from './image/plan-image-removals.js';
import { PlanBuilder } from './plan-builder.js';
import { planProvider } from './step/plan-provider.js';
import { planRemoval, type RemovalSteps } from './step/plan-removal.js';

const requested: Reason = { kind: 'requested' };

/**
 * What `down` would do: containers go, dependents end before what they need, then networks, then volumes if asked for.
 * Only what carries the project's label is touched, and images if asked for: `made` are those with the label. Throws
 * UsageError for a service that the project does not have.
 */
export function planDown(
  project: Project,
  graph: DependencyGraph,
  observed: ObservedState,
  policy: DownPolicy,
  made: readonly ProjectImage[] = [],
): Plan {
  const plan = new PlanBuilder(project.name);
  for (const name of policy.services) {
    if (!project.services.has(name)) throw unknownService(name, project.services.keys());
  }
  const { problems, notes, strangers } = checkDescent(project, observed, 'refuse');
  if (problems.length > 0) throw new BlockedError(problems);
  for (const note of notes) plan.note(note);
  const services =
    policy.services.length === 0 ? new Set(graph.order) : withDependents(policy.services, graph);
  const containers = new ContainerIndex(observed);
  const removals = new Map<string, RemovalSteps>();
  const endsOf = (service: string) =>
    containers.replicasOf(service).flatMap(({ id }) => removals.get(id)?.ended ?? []);
  for (const name of [...graph.order].reverse().filter((service) => services.has(service))) {
    // Nobody needs it any more once they have ended, whether they are gone or not.
    const dependents = graph.dependentsOf(name).flatMap((edge) => endsOf(edge.from));
    planProvider(plan, project.services.get(name), 'down', { afterSettled: dependents });
    for (const container of containers.hooksOf(name)) {
      const leftOver = { reason: { kind: 'left-over' }, before: [], policy, hooksOf: undefined } as const;
      removals.set(container.id, remove(plan, container, leftOver));
    }
    for (const container of containers.replicasOf(name)) {
      removals.set(
        container.id,
        remove(plan, container, {
          reason: requested,
          before: dependents,
          policy,
          hooksOf: project.services.get(name),
        }),
      );
    }
  }
  if (policy.orphans === 'remove') {
    const isGoing = (each: ObservedContainer) => isOrphan(each, project) && !strangers.has(each.id);
    for (const orphan of observed.containers.filter(isGoing)) {
      removals.set(
        orphan.id,
        remove(plan, orphan, { reason: { kind: 'orphan' }, before: [], policy, hooksOf: undefined }),
      );
    }
  }
  const last = { removals, whenInUse: whenInUse(policy) };
  planNetworkRemovals(plan, project, observed, last);
  if (policy.volumes === 'remove') planVolumeRemovals(plan, project, observed, last);
  const after = [...removals.values()].map(({ removed }) => removed);
  planImageRemovals(plan, services, project, observed, { policy, made, after });
  return plan.finish();
}

interface DownRemoval {
  readonly reason: Reason;
  readonly before: readonly number[];
  readonly policy: DownPolicy;
  readonly hooksOf: ServiceSpec | undefined;
}

function remove(
  plan: PlanBuilder,
  container: ObservedContainer,
  { reason, before, policy, hooksOf }: DownRemoval,
): RemovalSteps {
  return planRemoval(plan, container, {
    reason,
    timeoutSec: policy.stopTimeoutSec,
    afterSettled: before,
    service: container.service,
    anonymousVolumes: policy.volumes,
    hooksOf,
  });
}

function isOrphan(container: ObservedContainer, project: Project): boolean {
  return (
    (container.isOneOff && !(isHook(container) && project.services.has(container.service))) ||
    (!project.services.has(container.service) && !project.inactiveServices.has(container.service))
  );
}

interface ResourceRemoval {
  /** By container id. */
  readonly removals: ReadonlyMap<string, RemovalSteps>;
  readonly whenInUse: 'keep' | 'fail';
}

/** Each of what is shared waits for those that use it, and for nobody else: a list of all for each would be long. */
function removalsOf(
  users: readonly ObservedContainer[] | undefined,
  removals: ResourceRemoval['removals'],
): number[] {
  return (users ?? []).flatMap(({ id }) => removals.get(id)?.removed ?? []);
}

/** Where only some services go, the others may well use what they shared. */
function whenInUse({ services, whenInUse = 'keep' }: DownPolicy): 'keep' | 'fail' {
  return services.length === 0 ? whenInUse : 'keep';
}

function planNetworkRemovals(
  plan: PlanBuilder,
  project: Project,
  observed: ObservedState,
  { removals, whenInUse }: ResourceRemoval,
): void {
  const users = containersByNetwork(observed);
  for (const network of observed.networks.values()) {
    const key = network.labels.get(composeLabel.network);
    if (network.labels.get(composeLabel.project) !== project.name || key === undefined) continue;
    const fields = { name: network.name, networkId: network.id, whenInUse };
    const afterSettled = removalsOf(users.get(network.name), removals);
    plan.add('remove-network', fields, { reason: requested, afterSettled });
  }
}

/** Volumes that the files name; one that is labelled as somebody else's stays, whatever its name. */
function planVolumeRemovals(
  plan: PlanBuilder,
  project: Project,
  observed: ObservedState,
  { removals, whenInUse }: ResourceRemoval,
): void {
  const users = containersByVolume(observed);
  for (const { name, isExternal } of project.volumes.values()) {
    const volume = observed.volumes.get(name);
    if (isExternal || volume?.labels.get(composeLabel.project) !== project.name) continue;
    const afterSettled = removalsOf(users.get(name), removals);
    plan.add('remove-volume', { name, whenInUse }, { reason: requested, afterSettled });
  }
}
