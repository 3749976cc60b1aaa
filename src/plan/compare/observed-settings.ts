import { apiSocketMount, apiSocketPath } from '../../model/api-socket.js';
import type { MountSpec } from '../../model/mount.js';
import type { ObservedContainer, ObservedContainerDetails } from '../../model/observed.js';
import type { EndpointSpec, NamespaceMode, ServiceSpec } from '../../model/service.js';
import type { DesiredContainer } from '../container/desired-container.js';
import { endpointOf, linkNames } from './desired-settings.js';
import { isComposeLabel, withEngineWords } from './engine-words.js';

/** Service that a container of the project belongs to, by id. */
export type ServiceOfContainer = (id: string) => string | undefined;

/**
 * What a container was made with, without what the engine fills in where nothing is said: that is told by the wish,
 * since a value that was asked for counts even when it is the usual one.
 */
export function observedSettings(
  container: ObservedContainer,
  { service: read }: ObservedContainerDetails,
  wish: ServiceSpec,
  desired: DesiredContainer,
  serviceOf: ServiceOfContainer,
): ServiceSpec {
  const resolve = (mode: NamespaceMode | undefined) => namespaceOf(mode, serviceOf);
  const unasked = unaskedFields(container, read, wish);
  const { networkMode, pid, ipc, macAddress: _, ...settings } = read;
  const kept = Object.fromEntries(
    Object.entries({
      ...settings,
      networkMode: resolve(networkMode),
      pid: resolve(pid),
      ipc: resolve(ipc),
    }).filter(([name, value]) => value !== undefined && !unasked.has(name as keyof ServiceSpec)),
  ) as unknown as ServiceSpec;
  return withEngineWords({
    ...kept,
    // Made from an id, it does not say under which name that was known.
    image: read.image.startsWith('sha256:') ? wish.image : read.image,
    containerName: container.name,
    ...(wish.macAddress === undefined ? {} : { macAddress: wish.macAddress }),
    labels: new Map([...read.labels].filter(([name]) => wish.labels.has(name) || !isComposeLabel(name))),
    networks: new Map(
      [...read.networks].map(([name, endpoint]) => [
        name,
        endpointOf(
          endpointAsked(endpoint, read.hostname, wish.networks.get(name)),
          container.name,
          desired.service.name,
        ),
      ]),
    ),
    links: linkNames(read.externalLinks.map((link) => link.split(':').at(-1) ?? link)),
    externalLinks: [],
    volumesFrom: read.volumesFrom.map((from) => {
      const service = serviceOf(from.name);
      return service === undefined ? from : { ...from, kind: 'service', name: service };
    }),
    mounts: mountsAsked(read.mounts, wish, desired),
    expose: read.expose.filter(
      (port) => wish.expose.includes(port) || !desired.image?.defaults.exposedPorts.includes(port),
    ),
    securityOptions: securityAsked(read, wish),
    resources: resourcesAsked(read, wish),
    ...loggingAsked(read, wish),
  });
}

const defaultShmBytes = 64 * 1024 * 1024;

/** Fields whose value the engine chose: nobody asked for one, and it is what it chooses. */
function unaskedFields(
  { id }: ObservedContainer,
  read: ServiceSpec,
  wish: ServiceSpec,
): ReadonlySet<keyof ServiceSpec> {
  const isOfHost = ['host', 'container'].some(
    (kind) =>
      read.networkMode?.kind === kind ||
      (read.networkMode?.kind === 'word' && read.networkMode.word === kind),
  );
  const chosen: Partial<Record<keyof ServiceSpec, boolean>> = {
    hostname: read.hostname === id.slice(0, 12) || isOfHost || read.uts === 'host',
    shmSizeBytes: read.shmSizeBytes === defaultShmBytes,
    stopSignal: read.stopSignal === 'SIGTERM',
    isolation: read.isolation === 'default',
    // What these are without a wish is a setting of the daemon.
    ipc: read.ipc?.kind === 'word' && ['private', 'shareable'].includes(read.ipc.word),
    cgroupNamespace: true,
    runtime: true,
    init: true,
    logging: true,
    stopGracePeriodMs: read.stopGracePeriodMs === 10_000,
  };
  const names = Object.entries(chosen).flatMap(([name, isChosen]) =>
    isChosen ? [name as keyof ServiceSpec] : [],
  );
  return new Set(names.filter((name) => wish[name] === undefined));
}

function namespaceOf(
  mode: NamespaceMode | undefined,
  serviceOf: ServiceOfContainer,
): NamespaceMode | undefined {
  if (mode?.kind !== 'container') return mode;
  const service = serviceOf(mode.container);
  return service === undefined ? mode : { kind: 'service', service };
}

/** Every endpoint has an address of the link layer and the host name as a name: they count only if asked for. */
function endpointAsked(
  read: EndpointSpec,
  hostname: string | undefined,
  wish: EndpointSpec | undefined,
): EndpointSpec {
  const { macAddress, ...rest } = read;
  const aliases = read.aliases.filter((alias) => alias !== hostname || wish?.aliases.includes(alias));
  const endpoint = { ...rest, aliases };
  return wish?.macAddress === undefined || macAddress === undefined ? endpoint : { ...endpoint, macAddress };
}

/** A name of 64 hex digits is one that the engine made up. */
function isAnonymous({ type, source }: MountSpec): boolean {
  return type === 'volume' && (source === undefined || /^[0-9a-f]{64}$/.test(source));
}

function mountsAsked(
  read: readonly MountSpec[],
  wish: ServiceSpec,
  { image, service, project }: DesiredContainer,
) {
  const wished = new Set(wish.mounts.map(({ target }) => target));
  const granted = new Set(
    [...service.configs, ...service.secrets]
      .filter(
        ({ source }) => (project.configs.get(source) ?? project.secrets.get(source))?.source.kind === 'file',
      )
      .map(({ target }) => target),
  );
  const ofImage = new Set(image?.volumes ?? []);
  return read
    .filter(
      (mount) =>
        wished.has(mount.target) ||
        !(granted.has(mount.target) || (ofImage.has(mount.target) && isAnonymous(mount))),
    )
    .map((mount) => {
      // An engine that listens elsewhere gets its own socket put in.
      if (service.usesApiSocket && mount.target === apiSocketPath) return apiSocketMount;
      if (!isAnonymous(mount)) return mount;
      const { source: _, ...anonymous } = mount;
      return anonymous;
    });
}

/** An engine switches labels off by itself for who shares the host's processes or is privileged. */
function securityAsked({ securityOptions }: ServiceSpec, wish: ServiceSpec): readonly string[] {
  return securityOptions.filter(
    (option) => option !== 'label=disable' || wish.securityOptions.includes(option),
  );
}

/** Without a wish for swap the engine allows as much of it as of memory. */
function resourcesAsked({ resources }: ServiceSpec, wish: ServiceSpec): ServiceSpec['resources'] {
  const { memorySwapBytes, ...rest } = resources;
  const isChosen =
    !wish.resources.memorySwapBytes && memorySwapBytes === 2 * (resources.memoryBytes ?? Number.NaN);
  return isChosen || memorySwapBytes === undefined ? rest : { ...rest, memorySwapBytes };
}

/** A wish without a driver takes the daemon's. */
function loggingAsked({ logging }: ServiceSpec, wish: ServiceSpec): Pick<ServiceSpec, 'logging'> | undefined {
  if (logging === undefined || wish.logging === undefined || wish.logging.driver !== undefined)
    return undefined;
  return { logging: { options: logging.options } };
}
