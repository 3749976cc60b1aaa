import { composeLabel, isBesideReplicas } from '../../model/labels.js';
import type {
  ContainerState,
  HealthState,
  ObservedContainer,
  ObservedMount,
  ObservedPort,
} from '../../model/observed.js';
import { byKey, byTarget, textOrder } from '../../model/order.js';

/** What we read of an entry of `GET /containers/json`. */
export interface ListedContainer {
  readonly Id: string;
  readonly Names: readonly string[] | null;
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  /** Seconds since 1970. */
  readonly Created: number;
  readonly State: string;
  readonly Status: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Ports: readonly ListedPort[] | null;
  readonly HostConfig?: { readonly NetworkMode?: string } | null;
  readonly Mounts: readonly ListedMount[] | null;
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<Record<string, { readonly NetworkID?: string } | null>> | null;
  } | null;
}

export interface ListedPort {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

interface ListedMount {
  readonly Type?: string;
  readonly Name?: string;
  readonly Source?: string;
  readonly Destination: string;
  readonly RW?: boolean;
}

/** Everything that the list tells of a container; exit code and health stand only in the text of its status. */
export function containerFromList(listed: ListedContainer): ObservedContainer {
  const labels = mapOf(listed.Labels);
  const state = stateOf(listed.State);
  const number = Number.parseInt(labels.get(composeLabel.containerNumber) ?? '', 10);
  return {
    id: listed.Id,
    name: nameOf(listed.Names ?? [], listed.Id),
    service: labels.get(composeLabel.service) ?? '',
    number: Number.isNaN(number) ? undefined : number,
    isOneOff: isBesideReplicas(labels),
    state,
    health: state === 'running' ? healthOfStatus(listed.Status) : undefined,
    exitCode: state === 'exited' || state === 'dead' ? exitCodeOfStatus(listed.Status) : undefined,
    image: listed.Image,
    imageId: listed.ImageID,
    labels,
    ...networkOwnerOf(listed),
    networks: networksOf(listed),
    mounts: (listed.Mounts ?? []).map(mountOf).sort(byTarget),
    ports: (listed.Ports ?? []).map(portOf).sort(comparePorts),
    createdAtMs: listed.Created * 1000,
    statusText: listed.Status,
    commandText: listed.Command,
  };
}

/** `Exited (3) 5 minutes ago` → 3. */
export function exitCodeOfStatus(status: string): number | undefined {
  const code = /^(?:Exited|Restarting) \((-?\d+)\)/.exec(status)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** `Up 2 minutes (healthy)` → healthy; `(health: starting)` → starting. */
export function healthOfStatus(status: string): HealthState | undefined {
  const word = /\((?:health: )?(healthy|unhealthy|starting)\)/.exec(status)?.[1];
  return word as HealthState | undefined;
}

/** A container that others link to has further names, `/other/alias`: its own is the one without a second slash. */
export function nameOf(names: readonly string[], id: string): string {
  const own = names.map((name) => name.replace(/^\//, '')).find((name) => !name.includes('/'));
  return own ?? id.slice(0, 12);
}

const states: ReadonlySet<string> = new Set<ContainerState>([
  ...(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const),
]);

/** Podman has words of its own. */
const stateSynonyms = new Map<string, ContainerState>([
  ['configured', 'created'],
  ['initialized', 'created'],
  ['stopped', 'exited'],
  ['stopping', 'running'],
]);

export function stateOf(word: string): ContainerState {
  return states.has(word) ? (word as ContainerState) : (stateSynonyms.get(word) ?? 'dead');
}

function networksOf({ NetworkSettings }: ListedContainer): ObservedContainer['networks'] {
  const entries = Object.entries(NetworkSettings?.Networks ?? {});
  return new Map(
    entries.map(([name, endpoint]) => [name, { networkId: endpoint?.NetworkID ?? '' }] as const).sort(byKey),
  );
}

/** `container:<id>`. */
function networkOwnerOf({ HostConfig }: ListedContainer): Pick<ObservedContainer, 'networkOf'> {
  const id = /^container:(.+)$/.exec(HostConfig?.NetworkMode ?? '')?.[1];
  return id === undefined ? {} : { networkOf: id };
}

function mountOf(mount: ListedMount): ObservedMount {
  const type = mount.Type ?? (mount.Name === undefined ? 'bind' : 'volume');
  return {
    type,
    volumeName: type === 'volume' ? mount.Name : undefined,
    source: mount.Source ?? '',
    target: mount.Destination,
    isReadOnly: mount.RW === false,
  };
}

function portOf(port: ListedPort): ObservedPort {
  return {
    target: port.PrivatePort,
    protocol: port.Type,
    published: port.PublicPort === 0 ? undefined : port.PublicPort,
    hostIp: port.IP === '' ? undefined : port.IP,
  };
}

function comparePorts(a: ObservedPort, b: ObservedPort): number {
  return (
    a.target - b.target ||
    textOrder(a.protocol, b.protocol) ||
    rankOfAddress(a) - rankOfAddress(b) ||
    textOrder(a.hostIp ?? '', b.hostIp ?? '') ||
    (a.published ?? 0) - (b.published ?? 0)
  );
}

/** IPv4 first: what most people use, and what docker compose tells of a port that is published on both. */
function rankOfAddress({ hostIp }: ObservedPort): number {
  return hostIp?.includes(':') === true ? 1 : 0;
}

/** The object as a map with sorted keys. */
export function mapOf(object: Readonly<Record<string, string>> | null | undefined): Map<string, string> {
  return new Map(Object.entries(object ?? {}).sort(byKey));
}
