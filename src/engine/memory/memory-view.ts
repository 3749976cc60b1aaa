import { composeLabel } from '../../model/labels.js';
import type { ObservedContainer, ObservedContainerDetails } from '../../model/observed.js';
import { isUp, type MemoryContainer } from './memory-container.js';

/** The container as a list shows it. */
export function observedContainerOf(container: MemoryContainer): ObservedContainer {
  const { spec, state } = container;
  const number = Number.parseInt(spec.labels.get(composeLabel.containerNumber) ?? '', 10);
  return {
    id: container.id,
    name: container.name,
    service: spec.labels.get(composeLabel.service) ?? '',
    number: Number.isNaN(number) ? undefined : number,
    isOneOff: spec.labels.get(composeLabel.oneOff) === 'True',
    state,
    health: state === 'running' ? container.health : undefined,
    exitCode: state === 'exited' ? container.exitCode : undefined,
    image: spec.service.image,
    imageId: container.imageId,
    labels: new Map([...spec.labels].sort(([a], [b]) => (a < b ? -1 : 1))),
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
  const { spec } = container;
  const { service } = spec;
  return {
    state: container.state,
    environment: service.environment,
    command: service.command,
    entrypoint: service.entrypoint,
    user: service.user ?? '',
    workingDir: service.workingDir ?? '',
    hostname: service.hostname ?? container.id.slice(0, 12),
    isTty: service.isTty,
    isStdinOpen: service.isStdinOpen,
    stopSignal: service.stopSignal,
    stopTimeoutSec:
      service.stopGracePeriodMs === undefined ? undefined : Math.ceil(service.stopGracePeriodMs / 1000),
    restartPolicy: { name: service.restart?.policy ?? 'no', maxRetries: service.restart?.maxRetries ?? 0 },
    networkMode: networkModeOf(container),
    portBindings: service.ports.map(({ target, protocol, hostIp, published }) => ({
      target: `${target}/${protocol}`,
      hostIp: hostIp ?? '',
      hostPort: published ?? '',
    })),
    healthTest: service.healthcheck?.test,
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

function networkModeOf({ spec }: MemoryContainer): string {
  if (spec.networkMode === undefined) return spec.endpoints[0]?.network ?? 'default';
  return spec.networkMode.kind === 'word' ? spec.networkMode.word : `container:${spec.networkMode.container}`;
}

function statusTextOf({ state, health, exitCode }: MemoryContainer): string {
  if (state === 'exited') return `Exited (${exitCode}) 1 second ago`;
  if (state === 'created') return 'Created';
  if (state !== 'running') return state;
  const word = health === 'starting' ? 'health: starting' : health;
  return word === undefined ? 'Up 1 second' : `Up 1 second (${word})`;
}

export function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** What carries the label of a project. */
export function isOf(project: string) {
  return ({ labels }: { readonly labels: ReadonlyMap<string, string> }) =>
    labels.get(composeLabel.project) === project;
}
