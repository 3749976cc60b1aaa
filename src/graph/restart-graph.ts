import type { DependencyGraph } from './dependency-graph.js';

/** The same services with only those edges along which a restart spreads: `restart: true`. */
export function restartGraph(graph: DependencyGraph): DependencyGraph {
  return {
    order: graph.order,
    dependenciesOf: (service) => graph.dependenciesOf(service).filter(({ restart }) => restart),
    dependentsOf: (service) => graph.dependentsOf(service).filter(({ restart }) => restart),
  };
}
