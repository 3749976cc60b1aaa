import type { Project } from '../model/project.js';
import { unknownService } from '../problems/unknown-service.js';
import type { DependencyGraph } from './dependency-graph.js';

/** What one command acts on. Both in dependency order. */
export interface Selection {
  /** Services that the person named, or all. */
  readonly targets: readonly string[];
  /** The targets and, unless left out, all that they need. */
  readonly services: readonly string[];
}

/**
 * The services of a command line; none named means all. Throws UsageError (`usage/unknown-service`) for a name that
 * the project does not have.
 */
export function selectServices(
  project: Project,
  graph: DependencyGraph,
  named: readonly string[],
  dependencies: 'with-dependencies' | 'without-dependencies',
): Selection {
  for (const name of named) {
    if (!project.services.has(name)) {
      throw unknownService(name, project.services.keys());
    }
  }
  const targets = new Set(named.length === 0 ? graph.order : named);
  const services = dependencies === 'without-dependencies' ? targets : withDependencies(targets, graph);
  return {
    targets: graph.order.filter((name) => targets.has(name)),
    services: graph.order.filter((name) => services.has(name)),
  };
}

function withDependencies(targets: Iterable<string>, graph: DependencyGraph): Set<string> {
  return reach(targets, (name) => graph.dependenciesOf(name).map((edge) => edge.to));
}

/** The named services and all that need them: what `down` and `stop` of a service reach. */
export function withDependents(named: Iterable<string>, graph: DependencyGraph): Set<string> {
  return reach(named, (name) => graph.dependentsOf(name).map((edge) => edge.from));
}

function reach(start: Iterable<string>, neighboursOf: (name: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const queue = [...start];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...neighboursOf(name));
  }
  return found;
}
