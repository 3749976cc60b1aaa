import { groupBy } from '../model/group-by.js';
import { needsFirst } from '../model/needs-first.js';
import type { DependencyCondition, ServiceSpec } from '../model/service.js';

/** `from` needs `to`. */
export interface DependencyEdge {
  readonly from: string;
  readonly to: string;
  readonly condition: DependencyCondition;
  readonly required: boolean;
  readonly restart: boolean;
  /** What in the file makes the edge; the strongest bond when there are several. */
  readonly why: 'network_mode' | 'ipc' | 'pid' | 'volumes_from' | 'links' | 'depends_on';
}

export interface DependencyGraph {
  /** Every service after all that it needs; the same for the same project. */
  readonly order: readonly string[];
  dependenciesOf(service: string): readonly DependencyEdge[];
  dependentsOf(service: string): readonly DependencyEdge[];
}

/**
 * Orders services by what they need. Edges to services that are not in `services` are left out: whether such a
 * service must exist is for the loader to say. Throws RangeError on a cycle; the loader has refused those already.
 */
export function buildDependencyGraph(services: ReadonlyMap<string, ServiceSpec>): DependencyGraph {
  const edges = [...services.values()].flatMap((service) => edgesOf(service, services));
  const byFrom = groupBy(edges, ({ from }) => from);
  const byTo = groupBy(edges, ({ to }) => to);
  const dependenciesOf = (service: string) => byFrom.get(service) ?? [];
  // The last one first: so it has always been, and plans that people agreed to are in this order.
  const order = needsFirst(services.keys(), (service) =>
    dependenciesOf(service)
      .map(({ to }) => to)
      .reverse(),
  );
  refuseCircles(order, edges);
  return { order, dependenciesOf, dependentsOf: (service) => byTo.get(service) ?? [] };
}

function refuseCircles(order: readonly string[], edges: readonly DependencyEdge[]): void {
  const place = new Map(order.map((service, index) => [service, index]));
  for (const { from, to } of edges) {
    if ((place.get(to) ?? 0) >= (place.get(from) ?? 0))
      throw new RangeError(`services need each other in a circle: ${from} and ${to}`);
  }
}

function edgesOf(service: ServiceSpec, services: ReadonlyMap<string, ServiceSpec>): DependencyEdge[] {
  return [...service.dependsOn]
    .filter(([to]) => services.has(to))
    .map(([to, { condition, required, restart }]) => ({
      from: service.name,
      to,
      condition,
      required,
      restart,
      why: bondOf(service, to),
    }));
}

function bondOf(service: ServiceSpec, to: string): DependencyEdge['why'] {
  const shares = (mode: ServiceSpec['networkMode']) => mode?.kind === 'service' && mode.service === to;
  if (shares(service.networkMode)) return 'network_mode';
  if (shares(service.ipc)) return 'ipc';
  if (shares(service.pid)) return 'pid';
  if (service.volumesFrom.some((source) => source.kind === 'service' && source.name === to))
    return 'volumes_from';
  if (service.links.some((link) => link.service === to)) return 'links';
  return 'depends_on';
}
