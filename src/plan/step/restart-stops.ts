import type { DependencyGraph } from '../../graph/dependency-graph.js';
import { isUp } from '../../model/is-up.js';
import type { Reason } from '../../model/plan.js';
import type { ServiceDecision } from '../container/decide-services.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { UpPolicy } from '../policy.js';
import { existing } from './plan-removal.js';

/** Running containers that stay, but restart because of what becomes of a dependency: stopped first. */
export function planStopsForRestart(
  plan: PlanBuilder,
  graph: DependencyGraph,
  decisions: ReadonlyMap<string, ServiceDecision>,
  policy: UpPolicy,
): Map<string, number> {
  const stops = new Map<string, number>();
  if (policy.start !== 'start') return stops;
  for (const decision of decisions.values()) {
    const cause = restartCause(decision.service.name, graph, decisions);
    if (cause === undefined) continue;
    for (const { container } of decision.kept.filter(({ container }) => isUp(container))) {
      const fields = { container: existing(container), timeoutSec: policy.stopTimeoutSec };
      const about = { reason: cause, service: decision.service.name };
      stops.set(container.id, plan.add('stop-container', fields, about));
    }
  }
  return stops;
}

/**
 * Why a service restarts that stays as it is: a dependency with `restart: true` is replaced, or the one whose network
 * it shares starts again, which makes the network anew and leaves who is in the old one without any.
 */
export function restartCause(
  service: string,
  graph: DependencyGraph,
  decisions: ReadonlyMap<string, ServiceDecision>,
): Reason | undefined {
  for (const { to, restart, why } of graph.dependenciesOf(service)) {
    const dependency = decisions.get(to);
    if (dependency === undefined) continue;
    if (restart && dependency.replaced.length > 0) return { kind: 'dependency-recreated', service: to };
    if (why === 'network_mode' && startsAgain(dependency))
      return { kind: 'dependency-restarted', service: to };
  }
  return undefined;
}

/** A namespace is that of the first container. */
function startsAgain({ kept: [first] }: ServiceDecision): boolean {
  return first !== undefined && (first.container.state === 'exited' || first.container.state === 'created');
}

/** The stops that must be done before a container of `service` may go. */
export function stopsOfDependents(
  service: string,
  graph: DependencyGraph,
  decisions: ReadonlyMap<string, ServiceDecision>,
  stops: ReadonlyMap<string, number>,
): (number | undefined)[] {
  return graph
    .dependentsOf(service)
    .filter((edge) => edge.restart)
    .flatMap((edge) => decisions.get(edge.from)?.kept ?? [])
    .map(({ container }) => stops.get(container.id));
}
