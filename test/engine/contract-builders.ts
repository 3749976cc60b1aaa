import { randomBytes, randomInt } from 'node:crypto';
import type { ContainerSpec, EndpointRequest, MountRequest } from '../../src/model/container-spec.js';
import { emptyService } from '../../src/model/empty-service.js';
import { composeLabel } from '../../src/model/labels.js';
import type { NetworkSpec, VolumeSpec } from '../../src/model/project.js';
import type { HookSpec, ServiceSpec } from '../../src/model/service.js';

/** The programs of the suite: the in-memory engine must behave as these do. */
export const programs = {
  runs: ['sleep', '600'],
  prints: ['sh', '-c', 'echo one; echo two >&2; exec sleep 600'],
  printsAndExits: ['sh', '-c', 'echo one; echo two; echo three'],
  exitsWith3: ['sh', '-c', 'exit 3'],
} as const;

/** Programs that run beside the one of the container. */
export const hooks = {
  printsAndFails: hookOf('echo hello; exit 5'),
  showsFile: (path: string) => hookOf(`stat -c '%a %u %g' ${path}; cat ${path}`),
} as const;

function hookOf(line: string): HookSpec {
  return { command: ['sh', '-c', line], isPrivileged: false, environment: new Map() };
}

export function randomProject(): string {
  return `contract${randomBytes(5).toString('hex')}`;
}

export function labelsOf(project: string, service: string, number = 1): Map<string, string> {
  return new Map([
    [composeLabel.project, project],
    [composeLabel.service, service],
    [composeLabel.containerNumber, String(number)],
    [composeLabel.oneOff, 'False'],
  ]);
}

export interface ContainerWish {
  readonly project: string;
  readonly image?: string;
  readonly service?: string;
  readonly program?: readonly string[];
  readonly networks?: readonly string[];
  readonly mounts?: readonly MountRequest[];
  readonly labels?: ReadonlyMap<string, string>;
  readonly more?: Partial<ServiceSpec>;
}

/** `<project>-<service>-1` of busybox, with an init process so that it stops at once. */
export function containerOf(wish: ContainerWish): ContainerSpec<string> {
  const { project, image = 'busybox:latest', service = 'web', program = programs.runs, networks = [] } = wish;
  return {
    name: `${project}-${service}-1`,
    service: { ...emptyService(service, image), command: program, init: true, ...wish.more },
    labels: wish.labels ?? labelsOf(project, service),
    endpoints: networks.map(endpointOf),
    networkMode: networks.length === 0 ? { kind: 'word', word: 'none' } : undefined,
    pid: undefined,
    ipc: undefined,
    links: [],
    volumesFrom: [],
    mounts: wish.mounts ?? [],
  };
}

export function endpointOf(network: string): EndpointRequest {
  return { network, aliases: [], linkLocalIps: [], driverOptions: new Map(), priority: 0 };
}

export function networkOf(name: string): NetworkSpec {
  return {
    key: name,
    name,
    isExternal: false,
    driverOptions: new Map(),
    isAttachable: false,
    isInternal: false,
    labels: new Map(),
  };
}

/** A network of which every attribute that all engines know is set. */
export function particularNetworkOf(name: string): NetworkSpec {
  const subnet = `10.${randomInt(1, 250)}.${randomInt(1, 250)}`;
  const pool = {
    subnet: `${subnet}.0/24`,
    gateway: `${subnet}.9`,
    ipRange: `${subnet}.128/25`,
    auxAddresses: new Map([['printer', `${subnet}.7`]]),
  };
  return {
    ...networkOf(name),
    driver: 'bridge',
    driverOptions: new Map([['com.docker.network.bridge.enable_icc', 'false']]),
    isInternal: true,
    isAttachable: true,
    ipam: { pools: [pool], options: new Map() },
  };
}

export function volumeOf(name: string): VolumeSpec {
  return { key: name, name, isExternal: false, driverOptions: new Map(), labels: new Map() };
}

export function volumeMount(source: string, target: string): MountRequest {
  return { type: 'volume', source, target, isReadOnly: false, isNamedVolume: true };
}

export function anonymousMount(target: string): MountRequest {
  return { type: 'volume', target, isReadOnly: false, isNamedVolume: false };
}
