import type { DependencyGraph } from '../graph/dependency-graph.js';
import type { ObservedState } from '../model/observed.js';
import type { Plan } from '../model/plan.js';
import type { Project } from '../model/project.js';
import { PlanBuilder } from './plan-builder.js';
import { isAlive, planStopping } from './plan-removal.js';

/** Stops the running containers of these services, dependents before what they need. Nothing is removed. */
export function planStop(
  project: Project,
  graph: DependencyGraph,
  observed: ObservedState,
  {
    services,
    timeoutSec,
  }: { readonly services: ReadonlySet<string>; readonly timeoutSec: number | undefined },
): Plan {
  const plan = new PlanBuilder(project.name);
  const stops = new Map<string, number[]>();
  for (const name of [...graph.order].reverse().filter((service) => services.has(service))) {
    const afterSettled = graph.dependentsOf(name).flatMap((edge) => stops.get(edge.from) ?? []);
    const running = observed.containers.filter(
      (container) => container.service === name && !container.isOneOff && isAlive(container),
    );
    stops.set(
      name,
      running.map((container) =>
        planStopping(plan, container, {
          reason: { kind: 'requested' },
          timeoutSec,
          afterSettled,
          service: name,
          hooksOf: project.services.get(name),
        }),
      ),
    );
  }
  return plan.finish();
}
