import type { EndpointSpec, NamespaceMode, ServiceSpec } from '../../model/service.js';
import type { MemoryContainer } from './memory-container.js';

/** What a container was made with, as an inspection of it tells. */
export function serviceOfContainer(container: MemoryContainer): ServiceSpec {
  const { spec, id, name } = container;
  const { service } = spec;
  return {
    ...service,
    containerName: name,
    hostname: service.hostname ?? id.slice(0, 12),
    labels: spec.labels,
    restart: service.restart ?? { policy: 'no' },
    ...graceOf(service),
    networks: new Map(
      [...container.networks].map(([network, { endpoint }]) => [network, endpointOf(endpoint)]),
    ),
    ...namespacesOf(container),
    links: [],
    externalLinks: [
      ...spec.links.map(({ container: target, alias }) => `${target}:${alias}`),
      ...service.externalLinks,
    ],
    volumesFrom: spec.volumesFrom.map(({ container: from, mode }) => ({
      kind: 'container',
      name: from,
      mode,
    })),
    mounts: spec.mounts.map(({ isNamedVolume: _, ...mount }) => mount),
  };
}

/** The engine keeps whole seconds. */
function graceOf({ stopGracePeriodMs }: ServiceSpec): Pick<ServiceSpec, 'stopGracePeriodMs'> {
  return stopGracePeriodMs === undefined
    ? {}
    : { stopGracePeriodMs: Math.ceil(stopGracePeriodMs / 1000) * 1000 };
}

function endpointOf({ network: _, ...endpoint }: EndpointSpec & { readonly network: string }): EndpointSpec {
  return { ...endpoint, priority: 0 };
}

function namespacesOf({ spec }: MemoryContainer): Pick<ServiceSpec, 'networkMode' | 'pid' | 'ipc'> {
  const modes = { networkMode: spec.networkMode, pid: spec.pid, ipc: spec.ipc };
  const entries = Object.entries(modes).flatMap(([key, mode]) => (mode === undefined ? [] : [[key, mode]]));
  return Object.fromEntries(entries) as Record<string, NamespaceMode>;
}
