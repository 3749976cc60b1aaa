import { canonicalImageName } from '../../model/image-name.js';
import type { FileGrantSpec } from '../../model/mount.js';
import { byTarget } from '../../model/order.js';
import type { FileResourceSpec, Project } from '../../model/project.js';
import type { NamespaceMode, PortSpec, PreStartSpec, ServiceSpec } from '../../model/service.js';
import type { ValuePath } from '../../model/span.js';
import { canonicalText } from '../text/canonical-text.js';
import { providedField } from './provided.js';

/** One attribute that shapes a container. */
export interface ServiceField {
  /** The same for every spelling: what the fingerprint is keyed by. */
  readonly id: string;
  /** Below the service, as in the file; for messages and places. */
  readonly path: ValuePath;
  /** In canonical form. */
  readonly value: unknown;
  /** As the person wrote it, where that is not the canonical form. */
  readonly shown?: unknown;
}

/** What the keys of a service stand for. */
export type NamedResources = Pick<Project, 'networks' | 'volumes' | 'configs' | 'secrets'>;

/**
 * The allow-list: what a container is made from, attribute by attribute, in a form in which equal meanings are equal.
 * What is not named here (profiles, depends_on, scale, build, hooks, develop, pull_policy…) never recreates anything.
 * Raise `fingerprintVersion` when the meaning of an entry changes.
 */
export function serviceFields(service: ServiceSpec, project: NamedResources): ServiceField[] {
  const fields: ServiceField[] = [];
  const add: AddField = (path, value, { id = path.join('.'), shown } = {}) => {
    if (!isUnset(value)) fields.push({ id, path, value, ...(shown === undefined ? {} : { shown }) });
  };
  const addMap = (attribute: string, map: ReadonlyMap<string, unknown>) => {
    for (const [key, value] of map) fields.push({ id: `${attribute}.${key}`, path: [attribute, key], value });
  };
  fields.push({
    id: 'image',
    path: ['image'],
    value: canonicalImageName(service.image),
    shown: service.image,
  });
  // An empty list is a command too: it clears the image's own.
  if (service.command !== null) fields.push({ id: 'command', path: ['command'], value: service.command });
  if (service.entrypoint !== null)
    fields.push({ id: 'entrypoint', path: ['entrypoint'], value: service.entrypoint });
  for (const [attribute, read, show] of simpleFields) {
    add([attribute], read(service), show === undefined ? {} : { shown: show(service) });
  }
  addMap('environment', service.environment);
  addMap(providedField, service.provided ?? new Map());
  addMap('labels', service.labels);
  addMap('annotations', service.annotations);
  addMap('sysctls', service.sysctls);
  addMap('ulimits', service.resources.ulimits);
  for (const [key, endpoint] of service.networks) {
    const name = project.networks.get(key)?.name ?? key;
    const { priority: _, ...settings } = endpoint;
    const value = { ...settings, aliases: sorted(endpoint.aliases) };
    add(['networks', key], value, { id: `networks.${name}`, shown: setMembers(value) });
  }
  add(['ports'], portFields(service), { shown: service.ports.map(portText) });
  add(['volumes'], mountFields(service, project), { shown: service.mounts.map(mountText) });
  addGrants(add, 'configs', service.configs, project.configs);
  addGrants(add, 'secrets', service.secrets, project.secrets);
  return fields;
}

type AddField = (
  path: ValuePath,
  value: unknown,
  about?: { readonly id?: string; readonly shown?: unknown },
) => void;

/** Sorted, since the order of ports means nothing. */
function portFields({ ports }: ServiceSpec): unknown {
  return ports
    .map(canonicalText)
    .sort()
    .map((text) => JSON.parse(text) as unknown);
}

/** `127.0.0.1:8080:80/tcp`. */
function portText({ hostIp, published = '', target, protocol }: PortSpec): string {
  return `${hostIp === undefined ? '' : `${hostIp}:`}${published}:${target}/${protocol}`;
}

/** `data:/var/lib/data:ro`. */
function mountText({ type, source, target, isReadOnly }: ServiceSpec['mounts'][number]): string {
  const from = source === undefined ? (type === 'volume' ? '' : `${type}:`) : `${source}:`;
  return `${from}${target}${isReadOnly ? ':ro' : ''}`;
}

/** Without the variables: what they say is not for everybody's eyes. */
function preStartText({ image, command }: PreStartSpec): string {
  return [...(image === undefined ? [] : [`${image}:`]), ...command].join(' ');
}

/** `service:db`, `host`. */
function namespaceText(mode: NamespaceMode | undefined): string | undefined {
  if (mode === undefined || mode.kind === 'word') return mode?.word;
  return mode.kind === 'service' ? `service:${mode.service}` : `container:${mode.container}`;
}

function volumesFromText({ kind, name, mode }: ServiceSpec['volumesFrom'][number]): string {
  return `${kind === 'container' ? 'container:' : ''}${name}${mode === 'ro' ? ':ro' : ''}`;
}

/** Without what is empty. */
function setMembers(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => !isUnset(value)));
}

/** In the engine's eyes a volume is its name; which key the file has for it means nothing. */
function mountFields(service: ServiceSpec, project: NamedResources): unknown {
  const mounts = service.mounts.map(({ type, source, target, isReadOnly, bind, volume, tmpfs, image }) => ({
    type,
    source: type === 'volume' ? (project.volumes.get(source ?? '')?.name ?? source) : source,
    target,
    isReadOnly: isReadOnly || undefined,
    // Whether a missing host path is made says nothing about the container.
    propagation: bind?.propagation,
    recursive: bind?.recursive,
    selinux: bind?.selinux,
    nocopy: volume?.nocopy || undefined,
    subpath: volume?.subpath ?? image?.subpath,
    labels: volume === undefined || volume.labels.size === 0 ? undefined : volume.labels,
    tmpfs,
  }));
  return mounts.sort(byTarget);
}

function addGrants(
  add: AddField,
  attribute: 'configs' | 'secrets',
  grants: readonly FileGrantSpec[],
  resources: ReadonlyMap<string, FileResourceSpec>,
): void {
  for (const [index, grant] of grants.entries()) {
    const { source, ...place } = grant;
    add(
      [attribute, index],
      { ...place, content: contentOf(resources.get(source)) },
      { id: `${attribute}.${grant.target}` },
    );
  }
}

/** Content counts, not where it comes from: moving a secret from a variable to a file of the same text is no change. */
function contentOf(resource: FileResourceSpec | undefined): unknown {
  switch (resource?.source.kind) {
    case 'file':
      return { path: resource.source.path, digest: resource.source.digest };
    case 'inline':
    case 'environment':
      return { text: resource.source.content };
    default:
      return undefined;
  }
}

type ReadField = (service: ServiceSpec) => unknown;

/** Name in the file, canonical value, and how to show it where people write it in another way. */
const simpleFields: readonly (readonly [string, ReadField, ReadField?])[] = [
  ['platform', (s) => s.platform],
  ['working_dir', (s) => s.workingDir],
  ['user', (s) => s.user],
  ['group_add', (s) => sorted(s.groupAdd)],
  ['tty', (s) => s.isTty],
  ['stdin_open', (s) => s.isStdinOpen],
  ['init', (s) => (s.init === undefined ? undefined : String(s.init))],
  ['stop_signal', (s) => s.stopSignal],
  ['stop_grace_period', (s) => (s.stopGracePeriodMs === undefined ? undefined : `${s.stopGracePeriodMs}ms`)],
  ['hostname', (s) => s.hostname],
  ['domainname', (s) => s.domainname],
  ['container_name', (s) => s.containerName],
  ['links', (s) => s.links.map((link) => `${link.service}:${link.alias ?? link.service}`).sort()],
  ['external_links', (s) => sorted(s.externalLinks)],
  ['volumes_from', (s) => s.volumesFrom, (s) => s.volumesFrom.map(volumesFromText)],
  ['network_mode', (s) => s.networkMode, (s) => namespaceText(s.networkMode)],
  ['mac_address', (s) => s.macAddress],
  ['expose', (s) => sorted(s.expose)],
  ['dns', (s) => s.dns],
  ['dns_opt', (s) => s.dnsOptions],
  ['dns_search', (s) => s.dnsSearch],
  ['extra_hosts', (s) => sorted(s.extraHosts)],
  ['tmpfs', (s) => s.tmpfs],
  ['read_only', (s) => s.isReadOnly],
  ['use_api_socket', (s) => s.usesApiSocket],
  ['shm_size', (s) => s.shmSizeBytes],
  ['storage_opt', (s) => s.storageOptions],
  ['devices', (s) => s.devices],
  ['device_cgroup_rules', (s) => sorted(s.deviceCgroupRules)],
  ['cpus', (s) => s.resources.cpus],
  ['cpu_count', (s) => s.resources.cpuCount],
  ['cpu_percent', (s) => s.resources.cpuPercent],
  ['cpu_shares', (s) => s.resources.cpuShares],
  ['cpu_period', (s) => s.resources.cpuPeriod],
  ['cpu_quota', (s) => s.resources.cpuQuota],
  ['cpu_rt_period', (s) => s.resources.cpuRealtimePeriod],
  ['cpu_rt_runtime', (s) => s.resources.cpuRealtimeRuntime],
  ['cpuset', (s) => s.resources.cpuset],
  ['mem_limit', (s) => s.resources.memoryBytes],
  ['mem_reservation', (s) => s.resources.memoryReservationBytes],
  ['memswap_limit', (s) => s.resources.memorySwapBytes],
  [
    'mem_swappiness',
    (s) => (s.resources.memorySwappiness === undefined ? undefined : String(s.resources.memorySwappiness)),
  ],
  ['oom_kill_disable', (s) => s.resources.oomKillDisable],
  ['oom_score_adj', (s) => s.resources.oomScoreAdj],
  ['pids_limit', (s) => s.resources.pidsLimit],
  ['blkio_config', (s) => s.resources.blkio],
  ['gpus', (s) => s.resources.deviceRequests],
  ['privileged', (s) => s.isPrivileged],
  ['cap_add', (s) => sorted(s.capAdd)],
  ['cap_drop', (s) => sorted(s.capDrop)],
  ['security_opt', (s) => sorted(s.securityOptions)],
  ['userns_mode', (s) => s.usernsMode],
  ['pid', (s) => s.pid, (s) => namespaceText(s.pid)],
  ['ipc', (s) => s.ipc, (s) => namespaceText(s.ipc)],
  ['uts', (s) => s.uts],
  ['cgroup', (s) => s.cgroupNamespace],
  ['cgroup_parent', (s) => s.cgroupParent],
  ['runtime', (s) => s.runtime],
  ['isolation', (s) => s.isolation],
  ['healthcheck', (s) => s.healthcheck],
  ['restart', (s) => (s.restart === undefined || s.restart.policy === 'no' ? undefined : s.restart)],
  ['logging', (s) => s.logging],
  // A service is what its steps have made of it: with other steps it must go through them again.
  ['pre_start', (s) => s.preStart, (s) => s.preStart.map(preStartText)],
];

/** Names of all entries of the list; most stand for one field, some for one field a key. */
export const serviceFieldNames: readonly string[] = [
  ...(['image', 'command', 'entrypoint', 'environment', providedField, 'labels', 'annotations'] as const),
  ...(['sysctls', 'ulimits', 'networks', 'ports', 'volumes', 'configs', 'secrets'] as const),
  ...simpleFields.map(([name]) => name),
];

function sorted(list: readonly string[]): string[] {
  return [...list].sort();
}

/** Not set, and set to what it would be anyway, are the same. */
function isUnset(value: unknown): boolean {
  if (value === undefined || value === false || value === 0 || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return value instanceof Map && value.size === 0;
}
