import { groupBy, groupByEach } from '../../model/group-by.js';
import { composeLabel } from '../../model/labels.js';
import type { ObservedContainer, ObservedState } from '../../model/observed.js';

/** All that plans of what is there need to know. */
export type ObservedContainers = Pick<ObservedState, 'containers'>;

/** The containers of one snapshot by what plans ask for: an answer costs the same however many there are. */
export class ContainerIndex {
  readonly #byService: ReadonlyMap<string, readonly ObservedContainer[]>;
  readonly #byId: ReadonlyMap<string, ObservedContainer>;
  readonly #byName: ReadonlyMap<string, ObservedContainer>;

  constructor({ containers }: ObservedContainers) {
    this.#byService = groupBy(containers, ({ service }) => service);
    this.#byId = new Map(containers.map((container) => [container.id, container]));
    this.#byName = new Map(containers.map((container) => [container.name, container]));
  }

  /** Containers of a service by number, without one-offs. */
  replicasOf(service: string): ObservedContainer[] {
    return this.#of(service)
      .filter(({ isOneOff }) => !isOneOff)
      .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
  }

  /** Containers of pre_start steps of a service. */
  hooksOf(service: string): ObservedContainer[] {
    return this.#of(service).filter(isHook);
  }

  withId(id: string): ObservedContainer | undefined {
    return this.#byId.get(id);
  }

  withIdOrName(idOrName: string): ObservedContainer | undefined {
    return this.#byId.get(idOrName) ?? this.#byName.get(idOrName);
  }

  #of(service: string): readonly ObservedContainer[] {
    return this.#byService.get(service) ?? [];
  }
}

/** By engine name of the volume. */
export function containersByVolume({ containers }: ObservedContainers): Map<string, ObservedContainer[]> {
  return groupByEach(containers, ({ mounts }) => mounts.flatMap(({ volumeName }) => volumeName ?? []));
}

/** By engine name of the network. */
export function containersByNetwork({ containers }: ObservedContainers): Map<string, ObservedContainer[]> {
  return groupByEach(containers, ({ networks }) => networks.keys());
}

export function isHook({ labels }: ObservedContainer): boolean {
  return labels.has(composeLabel.hook);
}
