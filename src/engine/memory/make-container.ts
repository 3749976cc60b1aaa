import type { ContainerSpec, EndpointRequest } from '../../model/container-spec.js';
import type { ObservedImage, ObservedMount } from '../../model/observed.js';
import { byTarget } from '../../model/order.js';
import { type MemoryContainer, observedMountOf } from './memory-container.js';
import type { MemoryStore } from './memory-store.js';
import { refuse } from './refuse.js';

/** As `POST /containers/create`: the image must be here and the name free; volumes come into being. */
export function makeContainer(store: MemoryStore, spec: ContainerSpec<string>): MemoryContainer {
  const operation = 'create container';
  const image =
    store.images.find(spec.service.image) ??
    refuse('image-not-found', operation, spec.name, `image ${spec.service.image} is not on this engine`);
  checkName(store, spec.name, operation);
  const { mounts, anonymousVolumes } = makeMounts(store, spec, image);
  const container: MemoryContainer = {
    id: store.newId(),
    name: spec.name,
    spec,
    imageId: image.id,
    image,
    createdAtMs: store.nowMs(),
    mounts,
    anonymousVolumes,
    networks: new Map(spec.endpoints.map((endpoint) => [endpoint.network, attachmentOf(store, endpoint)])),
    log: [],
    files: new Map(),
    state: 'created',
    health: undefined,
    ports: [],
    exitCode: 0,
    errorText: '',
    startedAtMs: undefined,
    finishedAtMs: undefined,
    restartCount: 0,
    healthLog: [],
  };
  store.containers.add(container);
  store.events.emit(container, 'create');
  return container;
}

export function checkName(store: MemoryStore, name: string, operation: string): void {
  const holder = store.containers.withName(name);
  if (holder === undefined) return;
  refuse(
    'name-taken',
    operation,
    name,
    `the name "${name}" is already in use by container ${holder.id.slice(0, 12)}`,
  );
}

export function attachmentOf(
  store: MemoryStore,
  endpoint: EndpointRequest,
): { networkId: string; endpoint: EndpointRequest } {
  return { networkId: store.findNetwork(endpoint.network)?.id ?? '', endpoint };
}

function makeMounts(
  store: MemoryStore,
  spec: ContainerSpec<string>,
  image: ObservedImage,
): { mounts: ObservedMount[]; anonymousVolumes: string[] } {
  const anonymousVolumes: string[] = [];
  const makeAnonymous = () => {
    const name = store.newId();
    anonymousVolumes.push(name);
    return name;
  };
  const mounts = spec.mounts.map((mount) => {
    if (mount.type !== 'volume') return observedMountOf(mount, undefined);
    const name = mount.source ?? makeAnonymous();
    ensureVolume(store, name);
    return observedMountOf(mount, name);
  });
  const targets = new Set([...spec.mounts.map(({ target }) => target), ...spec.service.tmpfs.keys()]);
  for (const target of image.volumes.filter((path) => !targets.has(path))) {
    const name = makeAnonymous();
    ensureVolume(store, name);
    mounts.push(observedMountOf({ type: 'volume', target, isReadOnly: false, isNamedVolume: false }, name));
  }
  mounts.sort(byTarget);
  return { mounts, anonymousVolumes };
}

/** A volume that is named and missing is made on the way, without labels. */
function ensureVolume(store: MemoryStore, name: string): void {
  if (store.volumes.has(name)) return;
  store.volumes.set(name, {
    name,
    driver: 'local',
    driverOptions: new Map(),
    mountpoint: `/volumes/${name}/_data`,
    labels: new Map(),
  });
}
