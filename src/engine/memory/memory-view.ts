import { isUp } from '../../model/is-up.js';
import { composeLabel, isBesideReplicas } from '../../model/labels.js';
import type { ObservedContainer, ObservedContainerDetails } from '../../model/observed.js';
import { byKey } from '../../model/order.js';
import type { MemoryContainer } from './memory-container.js';
import { serviceOfContainer } from './service-of-container.js';

/** The container as a list shows it. */
export function observedContainerOf(container: MemoryContainer): ObservedContainer {
  const { spec, state } = container;
  const number = Number.parseInt(spec.labels.get(composeLabel.containerNumber) ?? '', 10);
  return {
    id: container.id,
    name: container.name,
    service: spec.labels.get(composeLabel.service) ?? '',
    number: Number.isNaN(number) ? undefined : number,
    isOneOff: isBesideReplicas(spec.labels),
    state,
    health: state === 'running' ? container.health : undefined,
    exitCode: state === 'exited' ? container.exitCode : undefined,
    image: spec.service.image,
    imageId: container.imageId,
    labels: new Map([...spec.labels].sort(byKey)),
    ...(spec.networkMode?.kind === 'container' ? { networkOf: spec.networkMode.container } : {}),
    networks: new Map([...container.networks].map(([name, { networkId }]) => [name, { networkId }])),
    mounts: container.mounts,
    ports: container.ports,
    createdAtMs: container.createdAtMs,
    statusText: statusTextOf(container),
    commandText: [...(spec.service.entrypoint ?? []), ...(spec.service.command ?? [])].join(' '),
  };
}

/** The container as an inspection shows it. */
export function detailsOf(container: MemoryContainer): ObservedContainerDetails {
  return {
    state: container.state,
    service: serviceOfContainer(container),
    startedAtMs: container.startedAtMs,
    finishedAtMs: container.finishedAtMs,
    exitCode: container.exitCode,
    isOomKilled: false,
    errorText: container.errorText,
    health: isUp(container) ? container.health : undefined,
    healthLog: container.healthLog,
    restartCount: container.restartCount,
  };
}

function statusTextOf({ state, health, exitCode }: MemoryContainer): string {
  if (state === 'exited') return `Exited (${exitCode}) 1 second ago`;
  if (state === 'created') return 'Created';
  if (state !== 'running') return state;
  const word = health === 'starting' ? 'health: starting' : health;
  return word === undefined ? 'Up 1 second' : `Up 1 second (${word})`;
}

/** What carries the label of a project. */
export function isOf(project: string) {
  return ({ labels }: { readonly labels: ReadonlyMap<string, string> }) =>
    labels.get(composeLabel.project) === project;
}
