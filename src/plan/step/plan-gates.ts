import type { DependencyEdge } from '../../graph/dependency-graph.js';
import type { ContainerRef, WaitCondition } from '../../model/plan.js';
import type { ContainerIndex } from '../container/container-index.js';
import type { MadeBefore, PlannedService, ServiceContext } from '../container/service-context.js';
import type { PlanBuilder } from '../plan-builder.js';

/** What the start of a service waits for. */
export interface Gates {
  readonly after: readonly number[];
  readonly afterSettled: readonly number[];
}

/** What gates are made from. */
export interface GateContext extends Pick<ServiceContext, 'graph'> {
  readonly containers: ContainerIndex;
  readonly made: Pick<MadeBefore, 'waits' | 'services'>;
}

/**
 * One gate for each dependency that the plan covers; a wait that several services need is planned once. A service
 * that runs already waits only for what this plan starts: `up` is done when everything is as its dependents need it.
 */
export function gatesOf(
  plan: PlanBuilder,
  service: string,
  phase: 'starting' | 'running',
  context: GateContext,
): Gates {
  const after: number[] = [];
  const afterSettled: number[] = [];
  for (const edge of context.graph.dependenciesOf(service)) {
    const dependency = withoutHeld(context.made.services.get(edge.to));
    if (dependency === undefined || dependency.containers.length === 0) continue;
    if (phase === 'running' && dependency.starts.length === 0) continue;
    const steps = gate(plan, edge, dependency, context);
    (edge.required ? after : afterSettled).push(...steps);
  }
  return { after, afterSettled };
}

function withoutHeld(service: PlannedService | undefined): PlannedService | undefined {
  const { held = new Set() } = service ?? {};
  if (service === undefined || held.size === 0) return service;
  const containers = service.containers.filter((ref) => ref.kind === 'planned' || !held.has(ref.id));
  return { ...service, containers };
}

function gate(
  plan: PlanBuilder,
  edge: DependencyEdge,
  dependency: PlannedService,
  context: GateContext,
): readonly number[] {
  if (edge.condition === 'service_started') return dependency.starts;
  if (isSatisfied(edge.condition, dependency, context)) return [];
  const key = `${edge.to} ${edge.condition} ${edge.required}`;
  const known = context.made.waits.get(key);
  if (known !== undefined) return [known];
  const services = context.graph
    .dependentsOf(edge.to)
    .filter((other) => other.condition === edge.condition)
    .map((other) => other.from);
  const wait = planWait(plan, edge.to, dependency, {
    condition: edge.condition,
    need: edge.required ? 'required' : 'optional',
    neededBy: services,
  });
  context.made.waits.set(key, wait);
  return [wait];
}

export function planWait(
  plan: PlanBuilder,
  service: string,
  { containers, starts }: PlannedService,
  wait: {
    readonly condition: WaitCondition;
    readonly need: 'required' | 'optional';
    readonly neededBy: readonly string[];
  },
): number {
  const order = wait.need === 'required' ? { after: starts } : { afterSettled: starts };
  return plan.add(
    'wait',
    { containers, condition: wait.condition, need: wait.need },
    {
      ...order,
      reason:
        wait.neededBy.length === 0 ? { kind: 'requested' } : { kind: 'needed-by', services: wait.neededBy },
      service,
    },
  );
}

/** True when the snapshot already shows it and nothing in the plan changes it. */
function isSatisfied(
  condition: WaitCondition,
  { containers, starts }: PlannedService,
  { containers: known }: GateContext,
): boolean {
  if (starts.length > 0) return false;
  return containers.every((ref: ContainerRef) => {
    const actual = ref.kind === 'existing' ? known.withId(ref.id) : undefined;
    if (condition === 'service_healthy') return actual?.state === 'running' && actual.health === 'healthy';
    return actual?.state === 'exited' && actual.exitCode === 0;
  });
}
