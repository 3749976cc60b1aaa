import type { ObservedContainer } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import type { NamespaceMode } from '../../model/service.js';
import type { ContainerIndex } from './container-index.js';
import type { DesiredContainer } from './desired-container.js';

/**
 * A container is bound by id to those whose namespaces or volumes it shares: once their service has another container,
 * it is bound to nobody. Lists tell it for networks; for the others the container must have been inspected.
 */
export function otherParent(
  container: ObservedContainer,
  { service }: DesiredContainer,
  containers: ContainerIndex,
): Reason | undefined {
  const read = container.details?.service;
  const serviceOf = (id: string) => containers.withIdOrName(id)?.service;
  const isLost = (wish: NamespaceMode | undefined, found: string | undefined) =>
    wish?.kind === 'service' && found !== undefined && serviceOf(found) !== wish.service;
  const lost = [
    ['network_mode', service.networkMode, container.networkOf],
    ['pid', service.pid, idOf(read?.pid)],
    ['ipc', service.ipc, idOf(read?.ipc)],
  ] as const;
  for (const [shares, wish, found] of lost) {
    if (wish?.kind === 'service' && isLost(wish, found))
      return { kind: 'parent-recreated', service: wish.service, shares };
  }
  if (read === undefined) return undefined;
  const sources = new Set(read.volumesFrom.map(({ name }) => serviceOf(name)));
  const source = service.volumesFrom.find(({ kind, name }) => kind === 'service' && !sources.has(name));
  return source && { kind: 'parent-recreated', service: source.name, shares: 'volumes_from' };
}

function idOf(mode: NamespaceMode | undefined): string | undefined {
  return mode?.kind === 'container' ? mode.container : undefined;
}
