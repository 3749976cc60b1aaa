import type { DependencyGraph } from '../graph/dependency-graph.js';
import { restartGraph } from '../graph/restart-graph.js';
import { selectServices, withDependents } from '../graph/select.js';
import type { ObservedContainer } from '../model/observed.js';
import type { Plan, Reason } from '../model/plan.js';
import type { Project } from '../model/project.js';
import { ContainerIndex, type ObservedContainers } from './container/container-index.js';
import type { ServiceDrift } from './container/service-drift.js';
import { PlanBuilder } from './plan-builder.js';
import { type GateContext, gatesOf } from './step/plan-gates.js';
import { planHooks } from './step/plan-hooks.js';
import { existing } from './step/plan-removal.js';

export interface RestartPolicy {
  /** Empty: all. */
  readonly services: readonly string[];
  /** Whether services restart along that depend on these with `restart: true`. */
  readonly dependents: 'with-dependents' | 'without-dependents';
  /** Seconds that a container gets to stop; undefined: its own grace period. */
  readonly timeoutSec: number | undefined;
}

/** What is known beyond the containers. */
export interface RestartKnowledge {
  /** What the files say differently: a restart does not change it, and says so. */
  readonly drift: readonly ServiceDrift[];
  /** Ids of containers that have been started a moment ago and need no restart. */
  readonly fresh: ReadonlySet<string>;
}

const requested: Reason = { kind: 'requested' };

/** Services that a restart reaches, in dependency order. Throws UsageError for one that the project does not have. */
export function restartScope(
  project: Project,
  graph: DependencyGraph,
  { services, dependents }: Pick<RestartPolicy, 'services' | 'dependents'>,
): string[] {
  const { targets } = selectServices(project, graph, services, 'without-dependencies');
  if (dependents === 'without-dependents') return [...targets];
  const reached = withDependents(targets, restartGraph(graph));
  return graph.order.filter((name) => reached.has(name));
}

/**
 * Restarts every container of the services in scope, whatever its state, and in the order of `depends_on` with
 * `restart: true` alone: pre_stop hooks, restart, post_start hooks. Nothing is created or changed.
 */
export function planRestart(
  project: Project,
  graph: DependencyGraph,
  observed: ObservedContainers,
  policy: RestartPolicy,
  { drift, fresh }: RestartKnowledge = { drift: [], fresh: new Set() },
): Plan {
  const plan = new PlanBuilder(project.name);
  const scope = restartScope(project, graph, policy);
  const context: GateContext = {
    graph: restartGraph(graph),
    containers: new ContainerIndex(observed),
    made: { waits: new Map(), services: new Map() },
  };
  const targets = new Set(policy.services.length === 0 ? scope : policy.services);
  for (const name of scope) {
    const containers = context.containers.replicasOf(name);
    const gates = gatesOf(plan, name, 'starting', context);
    const reason = targets.has(name) ? requested : causeOf(name, context);
    const starts = containers
      .filter(({ id }) => !fresh.has(id))
      .map((container) => restartContainer(plan, container, { project, policy, gates, reason }));
    context.made.services.set(name, { containers: containers.map(existing), starts });
  }
  for (const { service, changes } of drift) plan.note({ kind: 'service-differs', service, changes });
  return plan.finish();
}

function restartContainer(
  plan: PlanBuilder,
  container: ObservedContainer,
  {
    project,
    policy,
    gates,
    reason,
  }: {
    readonly project: Project;
    readonly policy: RestartPolicy;
    readonly gates: ReturnType<typeof gatesOf>;
    readonly reason: Reason;
  },
): number {
  const service = project.services.get(container.service);
  const ref = existing(container);
  const before =
    service === undefined || container.state !== 'running'
      ? undefined
      : planHooks(plan, 'pre_stop', service, { container: ref, ...gates });
  const order = before === undefined ? gates : { after: [before] };
  const restart = plan.add(
    'restart-container',
    { container: ref, timeoutSec: policy.timeoutSec },
    { ...order, reason, service: container.service },
  );
  const last =
    service === undefined
      ? undefined
      : planHooks(plan, 'post_start', service, { container: ref, after: [restart] });
  return last ?? restart;
}

/** The dependency that a service restarts with. */
function causeOf(service: string, { graph, made }: GateContext): Reason {
  const cause = graph.dependenciesOf(service).find((edge) => made.services.has(edge.to));
  return cause === undefined ? requested : { kind: 'dependency-restarted', service: cause.to };
}
