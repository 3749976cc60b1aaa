import type { ObservedImage } from '../../model/observed.js';
import type { EndpointSpec, HealthcheckSpec, NamespaceMode, ServiceSpec } from '../../model/service.js';
import type { MemoryContainer } from './memory-container.js';

/** What a container was made with, as an inspection of it tells: with what its image and the engine filled in. */
export function serviceOfContainer(container: MemoryContainer): ServiceSpec {
  const { spec, id, name, image } = container;
  const { service } = spec;
  return {
    ...service,
    ...processOf(service, image),
    containerName: name,
    hostname: service.hostname ?? id.slice(0, 12),
    labels: new Map([...image.labels, ...spec.labels]),
    expose: [...new Set([...service.expose, ...image.defaults.exposedPorts])],
    restart: service.restart ?? { policy: 'no' },
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
    // What they are is not kept: only that something is mounted.
    configs: [],
    secrets: [],
    mounts: spec.mounts.map(({ isNamedVolume: _, ...mount }) => mount),
  };
}

/** Of the image's own command nothing is left once there is another entrypoint. */
function processOf(service: ServiceSpec, { defaults }: ObservedImage): Partial<ServiceSpec> {
  const hasEntrypoint = (service.entrypoint ?? []).length > 0;
  const hasCommand = (service.command ?? []).length > 0;
  const healthcheck = healthcheckOf(service.healthcheck, defaults.healthcheck);
  const texts = {
    workingDir: service.workingDir ?? defaults.workingDir,
    user: service.user ?? defaults.user,
    stopSignal: service.stopSignal ?? defaults.stopSignal,
  };
  return {
    command: hasCommand || hasEntrypoint ? service.command : defaults.command,
    entrypoint: service.entrypoint ?? defaults.entrypoint,
    environment: new Map([...defaults.environment, ...service.environment]),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
    ...(healthcheck === undefined ? {} : { healthcheck }),
    ...graceOf(service),
  };
}

function healthcheckOf(
  own: HealthcheckSpec | undefined,
  ofImage: HealthcheckSpec | undefined,
): HealthcheckSpec | undefined {
  if (own === undefined || ofImage === undefined) return own ?? ofImage;
  return { ...ofImage, ...own, test: own.test.length > 0 ? own.test : ofImage.test };
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
