import type { DependencyGraph } from '../../graph/dependency-graph.js';
import { composeLabel } from '../../model/labels.js';
import type { ObservedContainer, ObservedState } from '../../model/observed.js';
import type { FieldChange } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import { ContainerIndex, containersByVolume } from '../container/container-index.js';
import { dependentsFirst } from '../container/dependents-first.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { PlanTools, UpPolicy } from '../policy.js';
import { planRemoval } from '../step/plan-removal.js';
import { volumeChanges } from './plan-volumes.js';

interface GoingVolume {
  readonly name: string;
  readonly changes: readonly FieldChange[];
  readonly users: readonly ObservedContainer[];
}

/**
 * Takes away the changed volumes whose data a person gave up, after the containers that use them, and gives what is
 * there without them: the rest of the plan makes all of it anew. A volume that somebody uses who would not come back
 * stays. A kill in between leaves nothing but missing things, which the next `up` makes.
 */
export function planVolumeReplacement(
  plan: PlanBuilder,
  { keys, services }: { readonly keys: readonly string[]; readonly services: readonly string[] },
  {
    project,
    graph,
    observed,
    policy,
    tools,
  }: {
    readonly project: Project;
    readonly graph: DependencyGraph;
    readonly observed: ObservedState;
    readonly policy: UpPolicy;
    readonly tools: PlanTools;
  },
): ObservedState {
  const comingBack = new Set(services);
  const going = changedVolumes(keys, project, observed, policy, tools).filter(({ users }) =>
    users.every(({ service, isOneOff }) => !isOneOff && comingBack.has(service)),
  );
  if (going.length === 0) return observed;
  const removals = planRemovals(plan, going, project, graph, observed, policy);
  const steps = going.map(({ name, changes, users }) =>
    plan.add(
      'remove-volume',
      { name, whenInUse: 'fail' },
      { reason: { kind: 'changed', changes }, after: users.map(({ id }) => removals.get(id)) },
    ),
  );
  plan.begin(steps);
  const gone = new Set(going.map(({ name }) => name));
  return {
    ...observed,
    containers: observed.containers.filter(({ id }) => !removals.has(id)),
    volumes: new Map([...observed.volumes].filter(([name]) => !gone.has(name))),
  };
}

function changedVolumes(
  keys: readonly string[],
  project: Project,
  observed: ObservedState,
  policy: UpPolicy,
  tools: PlanTools,
): GoingVolume[] {
  const { volumesToReplace: wanted } = policy;
  if (wanted === 'none' || policy.recreate === 'never') return [];
  const users = containersByVolume(observed);
  const named = new Set(wanted === 'all' ? [] : wanted);
  return keys.flatMap((key) => {
    const volume = project.volumes.get(key);
    const actual = observed.volumes.get(volume?.name ?? '');
    if (volume === undefined || actual === undefined || volume.isExternal) return [];
    if (actual.labels.get(composeLabel.project) !== project.name) return [];
    const { name } = volume;
    const changes = volumeChanges(volume, actual, project, tools);
    if (changes.length === 0 || (wanted !== 'all' && !named.has(name))) return [];
    return [{ name, changes, users: users.get(name) ?? [] }];
  });
}

/** Steps by container id. */
function planRemovals(
  plan: PlanBuilder,
  going: readonly GoingVolume[],
  project: Project,
  graph: DependencyGraph,
  observed: ObservedState,
  { stopTimeoutSec }: UpPolicy,
): Map<string, number> {
  const removals = new Map<string, number>();
  const containers = new ContainerIndex(observed);
  // From the end: what a container has first is named as the reason.
  const volumeOf = new Map(
    going.toReversed().flatMap(({ name, users }) => users.map(({ id }) => [id, name] as const)),
  );
  const services = new Set(going.flatMap(({ users }) => users.map(({ service }) => service)));
  dependentsFirst(graph, services, (service, afterSettled) =>
    containers.replicasOf(service).flatMap((container) => {
      const volume = volumeOf.get(container.id);
      if (volume === undefined) return [];
      const { removed } = planRemoval(plan, container, {
        reason: { kind: 'volume-replaced', volume },
        timeoutSec: stopTimeoutSec,
        afterSettled,
        service,
        hooksOf: project.services.get(service),
      });
      removals.set(container.id, removed);
      return [removed];
    }),
  );
  return removals;
}
