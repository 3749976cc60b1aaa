import type { DependencyGraph } from '../../graph/dependency-graph.js';
import type { ObservedState } from '../../model/observed.js';
import type { FieldChange } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import { defaultUpPolicy, type PlanTools } from '../policy.js';
import { decideServices } from './decide-services.js';

/** A service with containers that `up` would replace. */
export interface ServiceDrift {
  readonly service: string;
  /** Ids of those containers. */
  readonly containers: readonly string[];
  /** Attributes that the files say differently; empty when it is for another reason. */
  readonly changes: readonly FieldChange[];
}

/** Which of these services have containers that are not as the files say. `services` in dependency order. */
export function serviceDrift(
  project: Project,
  graph: DependencyGraph,
  observed: ObservedState,
  services: readonly string[],
  tools: PlanTools,
): ServiceDrift[] {
  const selection = { targets: services, services };
  const decisions = decideServices(project, graph, selection, observed, defaultUpPolicy, tools);
  return [...decisions].flatMap(([service, { replaced }]) => {
    if (replaced.length === 0) return [];
    const changes = replaced.flatMap(({ reason }) => (reason.kind === 'changed' ? reason.changes : []));
    const byPath = new Map(changes.toReversed().map((change) => [change.path, change]));
    return [
      {
        service,
        containers: replaced.map(({ container }) => container.id),
        changes: [...byPath.values()].toReversed(),
      },
    ];
  });
}
