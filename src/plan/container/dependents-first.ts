import type { DependencyGraph } from '../../graph/dependency-graph.js';

/**
 * Plans services in reverse order. `visit` gets the last steps of all that need the service and gives its own; a
 * service that is not visited passes on what it would have waited for, so that order holds across it.
 */
export function dependentsFirst(
  graph: DependencyGraph,
  visited: ReadonlySet<string>,
  visit: (service: string, before: readonly number[]) => readonly number[],
): void {
  const last = new Map<string, readonly number[]>();
  for (const name of [...graph.order].reverse()) {
    // Each once: what is passed on along several ways would double with every service on them.
    const before = [...new Set(graph.dependentsOf(name).flatMap((edge) => last.get(edge.from) ?? []))];
    const own = visited.has(name) ? visit(name, before) : [];
    last.set(name, own.length > 0 ? own : before);
  }
}
