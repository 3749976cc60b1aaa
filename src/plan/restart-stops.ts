import type { DependencyGraph } from '../graph/dependency-graph.js';
import type { Reason } from '../model/plan.js';
import type { ServiceDecision } from './decide-services.js';
import type { PlanBuilder } from './plan-builder.js';
import { existing, isAlive } from './plan-removal.js';
import type { UpPolicy } from './policy.js';

/** Running containers that stay, but restart because a dependency with `restart: true` is replaced: stopped first. */
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
    for (const { container } of decision.kept.filter(({ container }) => isAlive(container))) {
      const fields = { container: existing(container), timeoutSec: policy.stopTimeoutSec };
      const reason: Reason = { kind: 'dependency-recreated', service: cause };
      stops.set(container.id, plan.add('stop-container', fields, { reason, service: decision.service.name }));
    }
  }
  return stops;
}

/** The dependency with `restart: true` that is replaced. */
export function restartCause(
  service: string,
  graph: DependencyGraph,
  decisions: ReadonlyMap<string, ServiceDecision>,
): string | undefined {
  return graph
    .dependenciesOf(service)
    .find((edge) => edge.restart && (decisions.get(edge.to)?.replaced.length ?? 0) > 0)?.to;
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
