import toposort from 'toposort';
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
  const byFrom = groupEdges(edges, 'from');
  const byTo = groupEdges(edges, 'to');
  const order = toposort
    .array(
      [...services.keys()].reverse(),
      edges.map((edge): [string, string] => [edge.from, edge.to]),
    )
    .reverse();
  return {
    order,
    dependenciesOf: (service) => byFrom.get(service) ?? [],
    dependentsOf: (service) => byTo.get(service) ?? [],
  };
}

function groupEdges(edges: readonly DependencyEdge[], end: 'from' | 'to'): Map<string, DependencyEdge[]> {
  const groups = new Map<string, DependencyEdge[]>();
  for (const edge of edges) {
    const group = groups.get(edge[end]);
    if (group === undefined) groups.set(edge[end], [edge]);
    else group.push(edge);
  }
  return groups;
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
