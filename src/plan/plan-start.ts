import type { DependencyGraph } from '../graph/dependency-graph.js';
import { selectServices } from '../graph/select.js';
import type { Plan } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { BlockedError } from '../problems/errors.js';
import { ContainerIndex, type ObservedContainers } from './container/container-index.js';
import { neighbours } from './container/neighbours.js';
import { pausedContainer } from './container/paused-container.js';
import { PlanBuilder } from './plan-builder.js';
import type { PlanTools } from './policy.js';
import { type GateContext, gatesOf } from './step/plan-gates.js';
import { planPreStart, type StartingReplica } from './step/plan-pre-start.js';
import { existing } from './step/plan-removal.js';
import { planStarts } from './step/plan-starts.js';
import { planWaits } from './step/plan-waits.js';

export interface StartPolicy {
  /** These and what they need; empty: all. */
  readonly services: readonly string[];
  /** `running-or-healthy`: the plan ends with a wait for every service. */
  readonly wait: 'none' | 'running-or-healthy';
}

/**
 * Starts the containers that are there and do not run, dependencies first and with the conditions of `depends_on`.
 * Nothing is created or changed. Throws UsageError for a service that the project does not have, BlockedError for one
 * without a container or with a paused one.
 */
export function planStart(
  project: Project,
  graph: DependencyGraph,
  observed: ObservedContainers,
  { services, wait }: StartPolicy,
  tools: PlanTools,
): Plan {
  const plan = new PlanBuilder(project.name);
  const selection = selectServices(project, graph, services, 'with-dependencies');
  const made: GateContext['made'] = { waits: new Map(), services: new Map() };
  const containers = new ContainerIndex(observed);
  for (const name of selection.services) {
    const service = project.services.get(name);
    if (service !== undefined) startService(plan, service, { project, graph, containers, tools, made });
  }
  planWaits(plan, { graph, services: project.services }, made, { wait, start: 'start' });
  if (plan.problems.length > 0) throw new BlockedError(plan.problems);
  return plan.finish();
}

interface StartContext extends GateContext {
  readonly project: Project;
  readonly tools: PlanTools;
}

function startService(plan: PlanBuilder, service: ServiceSpec, context: StartContext): void {
  const { project, made } = context;
  const containers = context.containers.replicasOf(service.name);
  if (containers.length === 0 && service.replicas > 0) plan.problem(withoutContainer(service, project));
  const toStart: StartingReplica[] = [];
  for (const container of containers) {
    const { state, exitCode, number = 1 } = container;
    if (state === 'paused') plan.problem(pausedContainer(container, service, project));
    else if (state === 'running' || state === 'restarting')
      plan.note({ kind: 'kept', resource: 'container', name: container.name });
    else {
      const reason = { kind: 'not-running', state, exitCode } as const;
      toStart.push({ ref: existing(container), number, startAfter: [], reason });
    }
  }
  const gates = gatesOf(plan, service.name, toStart.length > 0 ? 'starting' : 'running', context);
  const others = containers.length > toStart.length ? 'running' : 'none';
  const neighbourhood = {
    ...neighbours(context),
    containers: context.containers,
    images: new Map(),
    stopTimeoutSec: undefined,
  };
  const ready =
    toStart.length === 0 ? gates : planPreStart(plan, service, toStart, others, gates, neighbourhood);
  const starts = planStarts(plan, service, toStart, ready, project);
  made.services.set(service.name, { containers: containers.map(existing), starts });
}

function withoutContainer({ name }: ServiceSpec, { origins }: Project): Diagnostic {
  const span = origins.spanOf(['services', name]);
  return {
    code: 'engine/no-container',
    severity: 'error',
    message: `service "${name}" has no container to start`,
    ...(span === undefined ? {} : { span }),
    hint: `make it with "create ${name}", or make and start it with "up -d ${name}"`,
  };
}
