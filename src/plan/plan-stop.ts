import type { DependencyGraph } from '../graph/dependency-graph.js';
import { selectServices } from '../graph/select.js';
import { isUp } from '../model/is-up.js';
import type { Plan } from '../model/plan.js';
import type { Project } from '../model/project.js';
import { ContainerIndex, type ObservedContainers } from './container/container-index.js';
import { dependentsFirst } from './container/dependents-first.js';
import { PlanBuilder } from './plan-builder.js';
import { planProvider } from './step/plan-provider.js';
import { planStopping } from './step/plan-removal.js';

export interface StopPolicy {
  /** Empty: all. */
  readonly services: readonly string[];
  /** Seconds that a container gets to stop; undefined: its own grace period. */
  readonly timeoutSec: number | undefined;
}

/**
 * Stops the running containers of these services, dependents before what they need, pre_stop hooks first. Nothing is
 * removed. Throws UsageError for a service that the project does not have.
 */
export function planStop(
  project: Project,
  graph: DependencyGraph,
  observed: ObservedContainers,
  { services, timeoutSec }: StopPolicy,
): Plan {
  const plan = new PlanBuilder(project.name);
  const { targets } = selectServices(project, graph, services, 'without-dependencies');
  const containers = new ContainerIndex(observed);
  dependentsFirst(graph, new Set(targets), (service, afterSettled) => [
    ...planProvider(plan, project.services.get(service), 'stop', { afterSettled }),
    ...containers
      .replicasOf(service)
      .filter(isUp)
      .map((container) =>
        planStopping(plan, container, {
          reason: { kind: 'requested' },
          timeoutSec,
          afterSettled,
          service,
          hooksOf: project.services.get(service),
        }),
      ),
  ]);
  return plan.finish();
}
