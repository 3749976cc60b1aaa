import type { DependencyGraph } from '../graph/dependency-graph.js';
import { selectServices } from '../graph/select.js';
import { isUp } from '../model/is-up.js';
import type { Plan } from '../model/plan.js';
import type { Project } from '../model/project.js';
import { ContainerIndex, type ObservedContainers } from './container/container-index.js';
import { dependentsFirst } from './container/dependents-first.js';
import { PlanBuilder } from './plan-builder.js';
import type { StopPolicy } from './plan-stop.js';
import { planRemoval } from './step/plan-removal.js';

export interface RemovePolicy extends StopPolicy {
  /** What becomes of containers that run. */
  readonly running: 'keep' | 'stop-and-remove';
  readonly anonymousVolumes: 'keep' | 'remove';
}

/**
 * Removes the stopped containers of these services, and with `stop-and-remove` the running ones too, dependents before
 * what they need. One-offs stay. Throws UsageError for a service that the project does not have.
 */
export function planRm(
  project: Project,
  graph: DependencyGraph,
  observed: ObservedContainers,
  { services, running, anonymousVolumes, timeoutSec }: RemovePolicy,
): Plan {
  const plan = new PlanBuilder(project.name);
  const { targets } = selectServices(project, graph, services, 'without-dependencies');
  const containers = new ContainerIndex(observed);
  dependentsFirst(graph, new Set(targets), (service, afterSettled) =>
    containers
      .replicasOf(service)
      .filter((container) => running === 'stop-and-remove' || !isUp(container))
      .map(
        (container) =>
          planRemoval(plan, container, {
            reason: { kind: 'requested' },
            timeoutSec,
            afterSettled,
            service,
            anonymousVolumes,
            hooksOf: project.services.get(service),
          }).ended,
      ),
  );
  return plan.finish();
}
