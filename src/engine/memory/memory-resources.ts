import type { EndpointRequest } from '../../model/container-spec.js';
import { isUp } from '../../model/is-up.js';
import type { ObservedNetwork } from '../../model/observed.js';
import { byKey } from '../../model/order.js';
import type { IpamSpec, NetworkSpec, VolumeSpec } from '../../model/project.js';
import type { ResourceEvent, ResourceWatchPort } from '../resource-watch-port.js';
import { isVolumeUsed } from './container-life.js';
import { attachmentOf } from './make-container.js';
import type { MemoryStore } from './memory-store.js';
import { checkAborted, refuse } from './refuse.js';

type Labels = ReadonlyMap<string, string>;

/** Returns the id. */
export function makeNetwork(store: MemoryStore, network: NetworkSpec, labels: Labels): string {
  if (store.findNetwork(network.name) !== undefined) {
    refuse('conflict', 'create network', network.name, 'a network of that name already exists');
  }
  const id = store.newId();
  store.networks.set(id, {
    id,
    name: network.name,
    driver: network.driver ?? 'bridge',
    driverOptions: sorted(network.driverOptions),
    isInternal: network.isInternal,
    isAttachable: network.isAttachable,
    isIpv4Enabled: network.enableIpv4 ?? true,
    isIpv6Enabled: network.enableIpv6 ?? false,
    ipam: ipamOf(network, store.networks.size),
    labels: sorted(labels),
  });
  tell(store, 'network', 'create', network.name);
  return id;
}

/** As asked for; without a pool it chooses one, and always a gateway. */
function ipamOf({ ipam }: NetworkSpec, taken: number): ObservedNetwork['ipam'] {
  const pools = (ipam?.pools ?? []).filter(({ subnet }) => subnet !== undefined);
  const chosen = { subnet: `172.${17 + (taken % 200)}.0.0/16`, auxAddresses: new Map<string, string>() };
  return {
    driver: ipam?.driver ?? 'default',
    options: sorted(ipam?.options ?? new Map()),
    pools: (pools.length === 0 ? [chosen] : pools).map((pool: IpamSpec['pools'][number]) => ({
      subnet: pool.subnet,
      gateway: pool.gateway ?? pool.subnet?.replace(/[\d]*\/\d+$/, '1'),
      ipRange: pool.ipRange,
      auxAddresses: sorted(pool.auxAddresses),
    })),
  };
}

/** Only running containers hold a network: those that are stopped have no endpoint in it. */
export function removeNetwork(store: MemoryStore, nameOrId: string): void {
  const network = store.network(nameOrId, 'remove network');
  const isAttached = store.running().some(({ networks }) => networks.has(network.name));
  if (isAttached) refuse('in-use', 'remove network', nameOrId, 'it has active endpoints');
  store.networks.delete(network.id);
  tell(store, 'network', 'destroy', network.name);
}

export function connect(store: MemoryStore, endpoint: EndpointRequest, containerId: string): void {
  const container = store.container(containerId, 'connect network');
  if (isUp(container)) store.network(endpoint.network, 'connect network');
  container.networks.set(endpoint.network, attachmentOf(store, endpoint));
  // Only what runs has a place in the network.
  if (isUp(container)) tell(store, 'network', 'connect', endpoint.network, container.id);
}

export function disconnect(store: MemoryStore, network: string, containerId: string): void {
  const { name } = store.network(network, 'disconnect network');
  const container = store.findContainer(containerId);
  container?.networks.delete(name);
  if (container !== undefined && isUp(container)) tell(store, 'network', 'disconnect', name, container.id);
}

/** One that exists stays as it is, whatever the difference: as with real engines. */
export function makeVolume(store: MemoryStore, volume: VolumeSpec, labels: Labels): void {
  if (store.volumes.has(volume.name)) return;
  store.volumes.set(volume.name, {
    name: volume.name,
    driver: volume.driver ?? 'local',
    driverOptions: sorted(volume.driverOptions),
    mountpoint: `/volumes/${volume.name}/_data`,
    labels: sorted(labels),
  });
  tell(store, 'volume', 'create', volume.name);
}

export function removeVolume(store: MemoryStore, name: string): void {
  if (!store.volumes.has(name)) refuse('not-found', 'remove volume', name, 'no such volume');
  if (isVolumeUsed(store, name)) refuse('in-use', 'remove volume', name, 'volume is in use');
  store.volumes.delete(name);
  tell(store, 'volume', 'destroy', name);
}

export function watchResources(store: MemoryStore): ResourceWatchPort {
  return {
    async watch(signal) {
      checkAborted(signal);
      return store.events.listenToResources(signal);
    },
  };
}

function tell(
  store: MemoryStore,
  resource: ResourceEvent['resource'],
  action: ResourceEvent['action'],
  name: string,
  containerId?: string,
): void {
  store.events.emitResource({ resource, action, name, containerId });
}

function sorted(labels: Labels): Labels {
  return new Map([...labels].sort(byKey));
}
