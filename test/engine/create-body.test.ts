import { homedir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectEngine } from '../../src/engine/docker/connect.js';
import type { Engine } from '../../src/engine/engine.js';
import type { MountRequest } from '../../src/model/container-spec.js';
import type { ServiceSpec } from '../../src/model/service.js';
import {
  containerOf,
  endpointOf,
  labelsOf,
  networkOf,
  programs,
  randomProject,
} from './contract-builders.js';

const environment = new Map(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);

let engine: Engine;
let project: string;

beforeEach(async () => {
  engine = await connectEngine({ environment, homeDir: homedir() });
  project = randomProject();
  const network = {
    ...networkOf(`${project}_net`),
    driver: 'bridge',
    driverOptions: new Map([['com.docker.network.bridge.enable_icc', 'true']]),
    isInternal: true,
  };
  await engine.createNetwork(network, labelsOf(project, 'net'));
});
afterEach(async () => {
  for (const { id } of await engine.listContainers(project)) {
    await engine.removeContainer(id, { anonymousVolumes: 'remove' });
  }
  for (const { id } of await engine.listNetworks(project)) await engine.removeNetwork(id);
  engine.close();
});

const map = (key: string, value: string) => new Map([[key, value]]);
const mount = { isReadOnly: false, isNamedVolume: false } as const;

/** Everything that an engine on any Linux machine takes. */
const everything: Partial<ServiceSpec> = {
  command: programs.runs,
  entrypoint: [],
  environment: new Map([
    ['A', '1'],
    ['PATH', null],
  ]),
  workingDir: '/tmp',
  user: '0:0',
  groupAdd: ['10'],
  isTty: true,
  isStdinOpen: true,
  stopSignal: 'SIGINT',
  stopGracePeriodMs: 2500,
  hostname: 'here',
  domainname: 'example.org',
  annotations: map('example', 'yes'),
  macAddress: '02:00:00:00:00:01',
  ports: [{ target: 80, protocol: 'tcp', hostIp: '127.0.0.1' }],
  expose: ['81/udp'],
  dns: ['10.0.0.1'],
  dnsOptions: ['ndots:2'],
  dnsSearch: ['example.org'],
  extraHosts: ['there:10.0.0.2', 'gate:host-gateway'],
  tmpfs: map('/scratch', 'size=1m,mode=1777'),
  isReadOnly: true,
  shmSizeBytes: 16 * 1024 * 1024,
  devices: [{ source: '/dev/null', target: '/dev/nothing', permissions: 'rwm' }],
  deviceCgroupRules: ['c 1:3 mr'],
  isPrivileged: false,
  capAdd: ['NET_ADMIN'],
  capDrop: ['MKNOD'],
  securityOptions: ['no-new-privileges:true', 'systempaths=unconfined', 'seccomp=unconfined'],
  usernsMode: 'host',
  cgroupNamespace: 'host',
  sysctls: map('net.ipv4.ip_unprivileged_port_start', '0'),
  healthcheck: { test: ['CMD', 'true'], intervalMs: 1500, timeoutMs: 1000, startPeriodMs: 1000, retries: 2 },
  restart: { policy: 'on-failure', maxRetries: 3 },
  logging: { driver: 'json-file', options: map('max-size', '1m') },
  resources: {
    cpus: 0.5,
    cpuShares: 512,
    cpuset: '0',
    memoryBytes: 64 * 1024 * 1024,
    memoryReservationBytes: 32 * 1024 * 1024,
    memorySwapBytes: -1,
    memorySwappiness: 0,
    oomKillDisable: false,
    oomScoreAdj: 100,
    pidsLimit: 50,
    ulimits: new Map([['nofile', { soft: 100, hard: 200 }]]),
    deviceRequests: [],
    blkio: {
      weightDevice: [],
      deviceReadBps: [{ path: '/dev/null', rate: 1024 }],
      deviceWriteBps: [],
      deviceReadIops: [],
      deviceWriteIops: [],
    },
  },
};

const mounts: MountRequest[] = [
  {
    ...mount,
    type: 'bind',
    source: '/tmp',
    target: '/text',
    bind: { createHostPath: true, propagation: 'rslave' },
  },
  {
    ...mount,
    type: 'bind',
    source: '/tmp',
    target: '/object',
    bind: { createHostPath: false, recursive: 'disabled' },
  },
  { ...mount, type: 'volume', target: '/anonymous' },
  { ...mount, type: 'tmpfs', target: '/memory', tmpfs: { sizeBytes: 1024 * 1024, mode: 0o1777 } },
];

test('an engine takes every attribute of a service and gives back what it can tell', async () => {
  const spec = {
    ...containerOf({ project, mounts }),
    networkMode: undefined,
    endpoints: [{ ...endpointOf(`${project}_net`), aliases: ['web', 'www'], linkLocalIps: ['169.254.8.8'] }],
  };
  const id = await engine.createContainer({ ...spec, service: { ...spec.service, ...everything } });
  const { service } = await engine.inspectContainer(id);
  const asked = { ...spec.service, ...everything };
  expect(service.environment.get('A')).toBe('1');
  expect(service).toMatchObject({
    // Older engines have no annotations, and keep the address elsewhere.
    ...without(everything, 'annotations', 'macAddress', 'environment'),
    resources: without(asked.resources, 'oomKillDisable'),
    securityOptions: expect.arrayContaining([...asked.securityOptions]),
    stopGracePeriodMs: 3000,
    mounts: [...mounts]
      .sort((a, b) => (a.target < b.target ? -1 : 1))
      .map((wanted) => without(wanted, 'isNamedVolume')),
  });
});

function without(fields: object, ...names: readonly string[]): object {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
