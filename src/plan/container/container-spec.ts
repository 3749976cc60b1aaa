import type {
  ContainerSpec,
  EndpointRequest,
  MountRequest,
  NamespaceRequest,
} from '../../model/container-spec.js';
import { composeLabel, ownLabel } from '../../model/labels.js';
import { containerName } from '../../model/names.js';
import type { ObservedContainer } from '../../model/observed.js';
import { byTarget, textOrder } from '../../model/order.js';
import type { ContainerRef } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { EndpointSpec, NamespaceMode, ServiceSpec } from '../../model/service.js';
import type { PlanTools } from '../policy.js';
import { projectLabels } from '../project-labels.js';
import { canonicalText } from '../text/canonical-text.js';
import { type Fingerprint, formatFingerprint } from './fingerprint.js';
import { isCopied } from './granted-files.js';
import { withProvidedEnvironment } from './provided.js';

/** What a new container of a service depends on beside the service itself. */
export interface ContainerContext {
  readonly project: Project;
  readonly fingerprint: Fingerprint;
  readonly imageId: string | undefined;
  readonly tools: PlanTools;
  /** The container that stands for a service when a namespace or volumes are shared with it. */
  refTo(service: string): ContainerRef;
  /** Names of the containers of a service, for links. */
  containerNamesOf(service: string): readonly string[];
}

/** The container number `number` of a service, with the mounts that it takes over from the one it replaces. */
export function containerSpec(
  service: ServiceSpec,
  number: number,
  inherited: readonly MountRequest[],
  context: ContainerContext,
): ContainerSpec<ContainerRef> {
  const { project } = context;
  const name = containerName(project, service, number);
  return {
    name,
    service: withProvidedEnvironment(service),
    labels: containerLabels(service, number, context),
    endpoints: endpointsOf(service, name, project),
    networkMode: networkModeOf(service, project, context),
    pid: namespaceRequest(service.pid, context),
    ipc: namespaceRequest(service.ipc, context),
    links: linksOf(service, number, context),
    volumesFrom: service.volumesFrom.map(({ kind, name: from, mode }) => ({
      container: kind === 'service' ? context.refTo(from) : { kind: 'existing', id: from, name: from },
      mode,
    })),
    mounts: mountsOf(service, inherited, project),
  };
}

function containerLabels(
  service: ServiceSpec,
  number: number,
  context: ContainerContext,
): Map<string, string> {
  const { project, fingerprint, imageId, tools } = context;
  const dependsOn = [...service.dependsOn]
    .map(([to, { condition, restart }]) => `${to}:${condition}:${restart}`)
    .sort();
  const labels = new Map(service.labels);
  for (const [label, value] of projectLabels(project)) labels.set(label, value);
  labels.set(composeLabel.service, service.name);
  labels.set(composeLabel.version, tools.toolVersion);
  labels.set(composeLabel.configHash, tools.digest(canonicalText(fingerprint)));
  labels.set(composeLabel.containerNumber, String(number));
  labels.set(composeLabel.oneOff, 'False');
  labels.set(composeLabel.dependsOn, dependsOn.join(','));
  if (imageId !== undefined) labels.set(composeLabel.image, imageId);
  labels.set(composeLabel.workingDir, project.workingDir);
  labels.set(composeLabel.configFiles, project.configFiles.join(','));
  if (project.environmentFiles.length > 0) {
    labels.set(composeLabel.environmentFiles, project.environmentFiles.join(','));
  }
  labels.set(ownLabel.fingerprint, formatFingerprint(fingerprint));
  return labels;
}

/** Highest priority first, then by key: the first is the one that the container is created in. */
export function networksInOrder(
  service: Pick<ServiceSpec, 'networks'>,
): [key: string, endpoint: EndpointSpec][] {
  return [...service.networks].sort(
    ([a, left], [b, right]) => right.priority - left.priority || textOrder(a, b),
  );
}

/** The service and the container itself can always be found by name. */
function endpointsOf(service: ServiceSpec, containerName: string, project: Project): EndpointRequest[] {
  if (service.networkMode !== undefined) return [];
  return networksInOrder(service).map(([key, endpoint], index) => ({
    ...endpointOf(endpoint, {
      network: project.networks.get(key)?.name ?? key,
      service: service.name,
      container: containerName,
    }),
    ...(index === 0 && endpoint.macAddress === undefined && service.macAddress !== undefined
      ? { macAddress: service.macAddress }
      : {}),
  }));
}

/** A container's place in a network; without settings of its own, as a service has it that names no settings. */
export function endpointOf(
  settings: EndpointSpec | undefined,
  names: { readonly network: string; readonly service: string; readonly container: string },
): EndpointRequest {
  const endpoint = settings ?? { aliases: [], linkLocalIps: [], driverOptions: new Map(), priority: 0 };
  return {
    ...endpoint,
    network: names.network,
    aliases: [...new Set([names.container, names.service, ...endpoint.aliases])],
  };
}

function networkModeOf(
  service: ServiceSpec,
  project: Project,
  context: ContainerContext,
): NamespaceRequest<ContainerRef> | undefined {
  const mode = service.networkMode;
  if (mode?.kind === 'word') {
    // The key of a network of the file stands for that network.
    return { kind: 'word', word: project.networks.get(mode.word)?.name ?? mode.word };
  }
  if (mode !== undefined) return namespaceRequest(mode, context);
  return service.networks.size === 0 ? { kind: 'word', word: 'none' } : undefined;
}

function namespaceRequest(
  mode: NamespaceMode | undefined,
  context: ContainerContext,
): NamespaceRequest<ContainerRef> | undefined {
  switch (mode?.kind) {
    case undefined:
      return undefined;
    case 'word':
      return mode;
    case 'service':
      return { kind: 'container', container: context.refTo(mode.service) };
    case 'container':
      return { kind: 'container', container: { kind: 'existing', id: mode.container, name: mode.container } };
  }
}

function linksOf(
  service: ServiceSpec,
  number: number,
  context: ContainerContext,
): ContainerSpec<ContainerRef>['links'] {
  return service.links.flatMap(({ service: target, alias }) =>
    context.containerNamesOf(target).flatMap((container) =>
      [alias ?? target, `${target}-${number}`, `${context.project.name}-${target}-${number}`].map((name) => ({
        container,
        alias: name,
      })),
    ),
  );
}

/** Sorted by target, so that equal services make equal containers. */
function mountsOf(
  service: ServiceSpec,
  inherited: readonly MountRequest[],
  project: Project,
): MountRequest[] {
  const own = service.mounts.map((mount): MountRequest => {
    const volume =
      mount.type === 'volume' && mount.source !== undefined ? project.volumes.get(mount.source) : undefined;
    return volume === undefined
      ? { ...mount, isNamedVolume: false }
      : { ...mount, source: volume.name, isNamedVolume: true };
  });
  const taken = new Set(inherited.map((mount) => mount.target));
  const fileMounts = [
    ...grantMounts(service.configs, project.configs, service),
    ...grantMounts(service.secrets, project.secrets, service),
  ].filter((mount) => !own.some((other) => other.target === mount.target));
  return [...own.filter((mount) => !taken.has(mount.target)), ...inherited, ...fileMounts].sort(byTarget);
}

/** Configs and secrets that are files are mounted; the others are copied in once the container exists. */
function grantMounts(
  grants: ServiceSpec['configs'],
  resources: Project['configs'],
  service: ServiceSpec,
): MountRequest[] {
  return grants.flatMap((grant): MountRequest[] => {
    const { source, target } = grant;
    const resource = resources.get(source);
    if (resource?.source.kind !== 'file' || isCopied(grant, resource.source, service)) return [];
    return [
      {
        type: 'bind',
        source: resource.source.path,
        target,
        isReadOnly: true,
        bind: { createHostPath: false },
        isNamedVolume: false,
      },
    ];
  });
}

/**
 * Anonymous volumes that a replacement takes over, so that data outlives a changed configuration: those at a mount
 * point that the new image or the service still has without naming a volume for it.
 */
export function inheritedMounts(
  service: ServiceSpec,
  old: ObservedContainer,
  imageVolumes: readonly string[],
): MountRequest[] {
  const named = new Set(
    service.mounts.filter((mount) => mount.source !== undefined).map((mount) => mount.target),
  );
  const anonymous = new Set(
    service.mounts
      .filter((mount) => mount.type === 'volume' && mount.source === undefined)
      .map((mount) => mount.target),
  );
  const wanted = new Set([...imageVolumes.filter((target) => !named.has(target)), ...anonymous]);
  return old.mounts.flatMap((mount): MountRequest[] =>
    mount.type === 'volume' && mount.volumeName !== undefined && wanted.has(mount.target)
      ? [
          {
            type: 'volume',
            source: mount.volumeName,
            target: mount.target,
            isReadOnly: mount.isReadOnly,
            isNamedVolume: true,
          },
        ]
      : [],
  );
}
