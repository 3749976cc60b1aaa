import type { DependencyGraph } from '../../graph/dependency-graph.js';
import type { ObservedContainer, ObservedState } from '../../model/observed.js';

/** All that plans of what is there need to know. */
export type ObservedContainers = Pick<ObservedState, 'containers'>;

/** Containers of a service by number, without one-offs. */
export function replicasOf(service: string, { containers }: ObservedContainers): ObservedContainer[] {
  return containers
    .filter((container) => container.service === service && !container.isOneOff)
    .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
}

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
    const before = graph.dependentsOf(name).flatMap((edge) => last.get(edge.from) ?? []);
    const own = visited.has(name) ? visit(name, before) : [];
    last.set(name, own.length > 0 ? own : before);
  }
}
