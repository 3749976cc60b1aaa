import { describe, expect, test } from 'vitest';
import { createRequestOf } from '../../../../src/engine/docker/create-body.js';
import type { ContainerSpec } from '../../../../src/model/container-spec.js';
import { emptyService } from '../../../../src/model/empty-service.js';
import type { ResourceSpec } from '../../../../src/model/resources.js';
import type { ServiceSpec } from '../../../../src/model/service.js';
import { endpointOf } from '../../../engine/contract-builders.js';

const bare: ContainerSpec<string> = {
  name: 'app-web-1',
  service: emptyService('web', 'web:1'),
  labels: new Map(),
  endpoints: [],
  networkMode: undefined,
  pid: undefined,
  ipc: undefined,
  links: [],
  volumesFrom: [],
  mounts: [],
};
const newest = '1.51';

type Body = Record<string, unknown> & { HostConfig: Record<string, unknown> };

function bodyOf(spec: Partial<ContainerSpec<string>>, apiVersion = newest): Body {
  const { body } = createRequestOf({ ...bare, ...spec }, apiVersion);
  return JSON.parse(JSON.stringify(body)) as Body;
}

/** What the change adds to the body of the bare container, or says differently. */
function differenceOf(spec: Partial<ContainerSpec<string>>, apiVersion?: string) {
  const { HostConfig: bareHost, ...bareBody } = bodyOf({}, apiVersion);
  const { HostConfig: host, ...body } = bodyOf(spec, apiVersion);
  const changed = (before: Record<string, unknown>, after: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(after).filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value)),
    );
  const hostChange = changed(bareHost, host);
  return {
    ...changed(bareBody, body),
    ...(Object.keys(hostChange).length > 0 ? { HostConfig: hostChange } : {}),
  };
}

const service = (more: Partial<ServiceSpec>) => ({ service: { ...bare.service, ...more } });
const resources = (more: Partial<ResourceSpec>) =>
  service({ resources: { ...bare.service.resources, ...more } });
const inHost = (fields: Record<string, unknown>) => ({ HostConfig: fields });

describe('each attribute of a service becomes its field of the request', () => {
  test('a bare service asks for its image and nothing that the engine would not do by itself', () => {
    expect(bodyOf({})).toEqual({
      Image: 'web:1',
      Tty: false,
      OpenStdin: false,
      HostConfig: { Privileged: false, ReadonlyRootfs: false },
    });
  });

  test.each<[string, Partial<ServiceSpec>, unknown]>([
    ['command', { command: ['a', 'b'] }, { Cmd: ['a', 'b'] }],
    ['an emptied command', { command: [] }, { Cmd: [] }],
    ['entrypoint', { entrypoint: ['a'] }, { Entrypoint: ['a'] }],
    [
      'environment',
      {
        environment: new Map([
          ['B', '2'],
          ['A', null],
        ]),
      },
      { Env: ['A', 'B=2'] },
    ],
    ['working_dir', { workingDir: '/w' }, { WorkingDir: '/w' }],
    ['user', { user: '1:2' }, { User: '1:2' }],
    ['tty', { isTty: true }, { Tty: true }],
    ['stdin_open', { isStdinOpen: true }, { OpenStdin: true }],
    ['stop_signal', { stopSignal: 'SIGUSR1' }, { StopSignal: 'SIGUSR1' }],
    ['stop_grace_period', { stopGracePeriodMs: 90_000 }, { StopTimeout: 90 }],
    ['a grace period below a second, rounded up', { stopGracePeriodMs: 500 }, { StopTimeout: 1 }],
    ['hostname', { hostname: 'h' }, { Hostname: 'h' }],
    ['domainname', { domainname: 'd' }, { Domainname: 'd' }],
    [
      'healthcheck',
      {
        healthcheck: {
          test: ['CMD', 'x'],
          intervalMs: 1500,
          timeoutMs: 2,
          startPeriodMs: 3,
          startIntervalMs: 4,
          retries: 5,
        },
      },
      {
        Healthcheck: {
          Test: ['CMD', 'x'],
          Interval: 1_500_000_000,
          Timeout: 2_000_000,
          StartPeriod: 3_000_000,
          StartInterval: 4_000_000,
          Retries: 5,
        },
      },
    ],
    [
      'a health check that keeps the test of the image',
      { healthcheck: { test: [], retries: 5 } },
      { Healthcheck: { Retries: 5 } },
    ],
    ['expose', { expose: ['81/udp', '80/tcp'] }, { ExposedPorts: { '80/tcp': {}, '81/udp': {} } }],
    ['group_add', { groupAdd: ['g'] }, inHost({ GroupAdd: ['g'] })],
    ['init', { init: false }, inHost({ Init: false })],
    ['annotations', { annotations: new Map([['a', 'b']]) }, inHost({ Annotations: { a: 'b' } })],
    ['runtime', { runtime: 'runsc' }, inHost({ Runtime: 'runsc' })],
    ['isolation', { isolation: 'hyperv' }, inHost({ Isolation: 'hyperv' })],
    ['dns', { dns: ['1.1.1.1'] }, inHost({ Dns: ['1.1.1.1'] })],
    ['dns_opt', { dnsOptions: ['ndots:2'] }, inHost({ DnsOptions: ['ndots:2'] })],
    ['dns_search', { dnsSearch: ['x.y'] }, inHost({ DnsSearch: ['x.y'] })],
    ['extra_hosts', { extraHosts: ['a:1.2.3.4'] }, inHost({ ExtraHosts: ['a:1.2.3.4'] })],
    ['external_links', { externalLinks: ['db', 'c:d'] }, inHost({ Links: ['db:db', 'c:d'] })],
    ['tmpfs', { tmpfs: new Map([['/t', 'size=1m']]) }, inHost({ Tmpfs: { '/t': 'size=1m' } })],
    ['read_only', { isReadOnly: true }, inHost({ ReadonlyRootfs: true })],
    ['shm_size', { shmSizeBytes: 64 }, inHost({ ShmSize: 64 })],
    ['storage_opt', { storageOptions: new Map([['size', '1G']]) }, inHost({ StorageOpt: { size: '1G' } })],
    [
      'devices',
      { devices: [{ source: '/dev/a', target: '/dev/b', permissions: 'r' }] },
      inHost({ Devices: [{ PathOnHost: '/dev/a', PathInContainer: '/dev/b', CgroupPermissions: 'r' }] }),
    ],
    [
      'devices by CDI name',
      { devices: [{ source: 'vendor.com/gpu=0', target: 'vendor.com/gpu=0', permissions: 'rwm' }] },
      inHost({ DeviceRequests: [{ Driver: 'cdi', DeviceIDs: ['vendor.com/gpu=0'] }] }),
    ],
    ['device_cgroup_rules', { deviceCgroupRules: ['c 1:3 mr'] }, inHost({ DeviceCgroupRules: ['c 1:3 mr'] })],
    ['privileged', { isPrivileged: true }, inHost({ Privileged: true })],
    ['cap_add, cap_drop', { capAdd: ['A'], capDrop: ['ALL'] }, inHost({ CapAdd: ['A'], CapDrop: ['ALL'] })],
    [
      'security_opt',
      { securityOptions: ['no-new-privileges:true'] },
      inHost({ SecurityOpt: ['no-new-privileges:true'] }),
    ],
    [
      'security_opt systempaths=unconfined',
      { securityOptions: ['systempaths=unconfined'] },
      inHost({ MaskedPaths: [], ReadonlyPaths: [] }),
    ],
    ['userns_mode', { usernsMode: 'host' }, inHost({ UsernsMode: 'host' })],
    ['uts', { uts: 'host' }, inHost({ UTSMode: 'host' })],
    ['cgroup', { cgroupNamespace: 'host' }, inHost({ CgroupnsMode: 'host' })],
    ['cgroup_parent', { cgroupParent: '/p' }, inHost({ CgroupParent: '/p' })],
    ['sysctls', { sysctls: new Map([['net.a', '1']]) }, inHost({ Sysctls: { 'net.a': '1' } })],
    [
      'restart',
      { restart: { policy: 'on-failure', maxRetries: 3 } },
      inHost({ RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }),
    ],
    [
      'logging',
      { logging: { driver: 'local', options: new Map([['max-size', '1m']]) } },
      inHost({ LogConfig: { Type: 'local', Config: { 'max-size': '1m' } } }),
    ],
  ])('%s', (_attribute, more, expected) => {
    expect(differenceOf(service(more))).toEqual(expected);
  });

  test.each<[string, Partial<ResourceSpec>, Record<string, unknown>]>([
    ['cpus', { cpus: 1.5 }, { NanoCpus: 1_500_000_000 }],
    ['cpu_count, cpu_percent', { cpuCount: 2, cpuPercent: 50 }, { CpuCount: 2, CpuPercent: 50 }],
    [
      'cpu_shares, cpu_period, cpu_quota',
      { cpuShares: 1, cpuPeriod: 2, cpuQuota: 3 },
      { CpuShares: 1, CpuPeriod: 2, CpuQuota: 3 },
    ],
    [
      'cpu_rt_period, cpu_rt_runtime',
      { cpuRealtimePeriod: 1, cpuRealtimeRuntime: 2 },
      { CpuRealtimePeriod: 1, CpuRealtimeRuntime: 2 },
    ],
    ['cpuset', { cpuset: '0-1' }, { CpusetCpus: '0-1' }],
    [
      'mem_limit, mem_reservation, memswap_limit, mem_swappiness',
      { memoryBytes: 1, memoryReservationBytes: 2, memorySwapBytes: -1, memorySwappiness: 0 },
      { Memory: 1, MemoryReservation: 2, MemorySwap: -1, MemorySwappiness: 0 },
    ],
    [
      'oom_kill_disable, oom_score_adj',
      { oomKillDisable: true, oomScoreAdj: -5 },
      { OomKillDisable: true, OomScoreAdj: -5 },
    ],
    ['pids_limit', { pidsLimit: 9 }, { PidsLimit: 9 }],
    [
      'ulimits',
      {
        ulimits: new Map([
          ['nproc', { soft: 5, hard: 5 }],
          ['nofile', { soft: 1, hard: 2 }],
        ]),
      },
      {
        Ulimits: [
          { Name: 'nofile', Soft: 1, Hard: 2 },
          { Name: 'nproc', Soft: 5, Hard: 5 },
        ],
      },
    ],
    [
      'blkio_config',
      {
        blkio: {
          weight: 10,
          weightDevice: [{ path: '/a', weight: 20 }],
          deviceReadBps: [{ path: '/b', rate: 1 }],
          deviceWriteBps: [{ path: '/c', rate: 2 }],
          deviceReadIops: [{ path: '/d', rate: 3 }],
          deviceWriteIops: [{ path: '/e', rate: 4 }],
        },
      },
      {
        BlkioWeight: 10,
        BlkioWeightDevice: [{ Path: '/a', Weight: 20 }],
        BlkioDeviceReadBps: [{ Path: '/b', Rate: 1 }],
        BlkioDeviceWriteBps: [{ Path: '/c', Rate: 2 }],
        BlkioDeviceReadIOps: [{ Path: '/d', Rate: 3 }],
        BlkioDeviceWriteIOps: [{ Path: '/e', Rate: 4 }],
      },
    ],
    [
      'gpus and reserved devices',
      {
        deviceRequests: [
          {
            driver: 'nvidia',
            count: -1,
            deviceIds: [],
            capabilities: ['gpu', 'utility'],
            options: new Map([['o', 'v']]),
          },
        ],
      },
      {
        DeviceRequests: [
          { Driver: 'nvidia', Count: -1, Capabilities: [['gpu', 'utility']], Options: { o: 'v' } },
        ],
      },
    ],
  ])('%s', (_attribute, more, expected) => {
    expect(differenceOf(resources(more))).toEqual(inHost(expected));
  });

  test('a limit of no processes means no limit', () => {
    expect(differenceOf(resources({ pidsLimit: 0 }))).toEqual({});
  });
});

describe('ports', () => {
  test('a published port is exposed and bound, several bindings of one port in the order of the file', () => {
    const ports = [
      { target: 80, protocol: 'tcp', published: '8080' },
      { target: 80, protocol: 'tcp', published: '8000-8010', hostIp: '127.0.0.1' },
      { target: 53, protocol: 'udp' },
    ];
    expect(differenceOf(service({ ports }))).toEqual({
      ExposedPorts: { '53/udp': {}, '80/tcp': {} },
      ...inHost({
        PortBindings: {
          '53/udp': [{ HostIp: '', HostPort: '' }],
          '80/tcp': [
            { HostIp: '', HostPort: '8080' },
            { HostIp: '127.0.0.1', HostPort: '8000-8010' },
          ],
        },
      }),
    });
  });
});

describe('namespaces, links and volumes of others', () => {
  const other = { kind: 'container', container: 'abc' } as const;

  test.each<[string, Partial<ContainerSpec<string>>, Record<string, unknown>]>([
    ['network_mode as a word', { networkMode: { kind: 'word', word: 'host' } }, { NetworkMode: 'host' }],
    ['network_mode of a container', { networkMode: other }, { NetworkMode: 'container:abc' }],
    [
      'pid and ipc of a container',
      { pid: other, ipc: other },
      { PidMode: 'container:abc', IpcMode: 'container:abc' },
    ],
    ['ipc as a word', { ipc: { kind: 'word', word: 'shareable' } }, { IpcMode: 'shareable' }],
    ['volumes_from', { volumesFrom: [{ container: 'abc', mode: 'ro' }] }, { VolumesFrom: ['abc:ro'] }],
    ['links', { links: [{ container: 'abc', alias: 'db' }] }, { Links: ['abc:db'] }],
  ])('%s', (_what, spec, expected) => {
    expect(differenceOf(spec)).toEqual(inHost(expected));
  });

  test('network_mode disabled takes the network away', () => {
    expect(differenceOf({ networkMode: { kind: 'word', word: 'disabled' } })).toEqual({
      NetworkDisabled: true,
    });
  });
});

describe('networks', () => {
  const first = {
    ...endpointOf('app_front'),
    aliases: ['web'],
    ipv4Address: '10.0.0.2',
    ipv6Address: 'fd00::2',
    linkLocalIps: ['169.254.1.1'],
    macAddress: '02:00:00:00:00:01',
    driverOptions: new Map([['o', 'v']]),
    interfaceName: 'eth7',
    gatewayPriority: 3,
  };
  const second = endpointOf('app_back');

  test('all networks are given at once where the engine can, the first one as network mode', () => {
    const request = createRequestOf({ ...bare, endpoints: [first, second] }, '1.51');
    expect([request.body, request.connectLater]).toMatchObject([
      {
        HostConfig: { NetworkMode: 'app_front' },
        NetworkingConfig: {
          EndpointsConfig: {
            app_back: {},
            app_front: {
              Aliases: ['web'],
              IPAMConfig: {
                IPv4Address: '10.0.0.2',
                IPv6Address: 'fd00::2',
                LinkLocalIPs: ['169.254.1.1'],
              },
              DriverOpts: { o: 'v', 'com.docker.network.endpoint.ifname': 'eth7' },
              MacAddress: '02:00:00:00:00:01',
              GwPriority: 3,
            },
          },
        },
      },
      [],
    ]);
  });

  test('below API 1.44 only the first network is given, the others are connected later', () => {
    const request = createRequestOf({ ...bare, endpoints: [first, second] }, '1.43');
    const networking = request.body.NetworkingConfig as { EndpointsConfig: object };
    expect([Object.keys(networking.EndpointsConfig), request.connectLater]).toEqual([
      ['app_front'],
      [second],
    ]);
  });

  test('below API 1.44 the MAC address belongs to the container', () => {
    const { MacAddress, NetworkingConfig } = bodyOf({ endpoints: [first] }, '1.43');
    expect([MacAddress, JSON.stringify(NetworkingConfig).includes('MacAddress')]).toEqual([
      '02:00:00:00:00:01',
      false,
    ]);
  });

  test('mac_address of the service goes to the first network', () => {
    const spec = {
      ...service({ macAddress: '02:00:00:00:00:09' }),
      endpoints: [second, endpointOf('other')],
    };
    expect(bodyOf(spec).NetworkingConfig).toEqual({
      EndpointsConfig: { app_back: { MacAddress: '02:00:00:00:00:09' }, other: {} },
    });
  });
});

describe('mounts', () => {
  const mount = { target: '/t', isReadOnly: false, isNamedVolume: false } as const;
  const bind = { ...mount, type: 'bind', source: '/s' } as const;
  const volume = { ...mount, type: 'volume', source: 'v', isNamedVolume: true } as const;
  const noOptions = { nocopy: false, labels: new Map() };

  test.each<[string, ContainerSpec<string>['mounts'][number], Record<string, unknown>]>([
    ['a bind is a text, which makes the missing path', bind, { Binds: ['/s:/t:rw'] }],
    ['a read-only bind', { ...bind, isReadOnly: true }, { Binds: ['/s:/t:ro'] }],
    [
      'SELinux and propagation are in the text',
      { ...bind, bind: { createHostPath: true, selinux: 'Z', propagation: 'rslave' } },
      { Binds: ['/s:/t:rw,Z,rslave'] },
    ],
    [
      'a bind whose path must exist is an object',
      { ...bind, bind: { createHostPath: false } },
      { Mounts: [{ Type: 'bind', Source: '/s', Target: '/t' }] },
    ],
    [
      'a bind of a path with a colon is an object that still makes the path',
      { ...bind, source: '/a:b' },
      { Mounts: [{ Type: 'bind', Source: '/a:b', Target: '/t', BindOptions: { CreateMountpoint: true } }] },
    ],
    [
      'a bind that is recursively read-only',
      { ...bind, isReadOnly: true, bind: { createHostPath: true, recursive: 'readonly' } },
      {
        Mounts: [
          {
            Type: 'bind',
            Source: '/s',
            Target: '/t',
            ReadOnly: true,
            BindOptions: { CreateMountpoint: true, ReadOnlyForceRecursive: true },
          },
        ],
      },
    ],
    ['a named volume is a text', volume, { Binds: ['v:/t:rw'] }],
    [
      'a volume with a subpath is an object',
      { ...volume, volume: { ...noOptions, subpath: 'a' } },
      { Mounts: [{ Type: 'volume', Source: 'v', Target: '/t', VolumeOptions: { Subpath: 'a' } }] },
    ],
    [
      'a volume that is not filled from the image is an object',
      { ...volume, volume: { ...noOptions, nocopy: true } },
      { Mounts: [{ Type: 'volume', Source: 'v', Target: '/t', VolumeOptions: { NoCopy: true } }] },
    ],
    [
      'an anonymous volume has no source',
      { ...mount, type: 'volume' },
      { Mounts: [{ Type: 'volume', Target: '/t' }] },
    ],
    [
      'tmpfs',
      { ...mount, type: 'tmpfs', tmpfs: { sizeBytes: 5, mode: 0o1777 } },
      { Mounts: [{ Type: 'tmpfs', Target: '/t', TmpfsOptions: { SizeBytes: 5, Mode: 1023 } }] },
    ],
    [
      'an image',
      { ...mount, type: 'image', source: 'web:1', image: { subpath: 'a' } },
      { Mounts: [{ Type: 'image', Source: 'web:1', Target: '/t', ImageOptions: { Subpath: 'a' } }] },
    ],
  ])('%s', (_what, request, expected) => {
    expect(differenceOf({ mounts: [request] })).toEqual(inHost(expected));
  });
});

describe('requests are the same for the same service', () => {
  test('whatever the order of maps and mounts', () => {
    const specOf = (order: (entries: [string, string][]) => [string, string][]): ContainerSpec<string> => {
      const map = new Map(
        order([
          ['b', '2'],
          ['a', '1'],
        ]),
      );
      const mounts = order([
        ['v', '/z'],
        ['w', '/a'],
      ]).map(([source, target]) => ({
        ...({ type: 'volume', isReadOnly: false, isNamedVolume: true } as const),
        source,
        target,
      }));
      return {
        ...bare,
        ...service({ environment: map, sysctls: map, annotations: map, tmpfs: map }),
        labels: map,
        mounts,
      };
    };
    const one = createRequestOf(
      specOf((entries) => entries),
      newest,
    );
    const other = createRequestOf(
      specOf((entries) => entries.reverse()),
      newest,
    );
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  test('name and platform are in the query', () => {
    expect(createRequestOf({ ...bare, ...service({ platform: 'linux/arm64' }) }, newest).query).toEqual({
      name: 'app-web-1',
      platform: 'linux/arm64',
    });
  });

  test('annotations are left out below API 1.43', () => {
    expect(differenceOf(service({ annotations: new Map([['a', 'b']]) }), '1.42')).toEqual({});
  });
});

test('what an older engine can do without is left out of the request', () => {
  const endpoint = {
    ...endpointOf('app_a'),
    interfaceName: 'eth7',
    gatewayPriority: 3,
    macAddress: '02:00:00:00:00:07',
  };
  const spec = {
    ...bare,
    service: {
      ...bare.service,
      annotations: new Map([['a', '1']]),
      healthcheck: { test: ['CMD', 'x'], startIntervalMs: 1 },
    },
    mounts: [
      {
        type: 'bind',
        source: '/s',
        target: '/t',
        isReadOnly: true,
        isNamedVolume: false,
        bind: { createHostPath: true, recursive: 'writable' },
      } as const,
    ],
    endpoints: [endpoint],
  };
  const text = (apiVersion: string) => JSON.stringify(createRequestOf(spec, apiVersion).body);
  const keys = ['Annotations', 'StartInterval', 'ReadOnlyNonRecursive', 'GwPriority', 'ifname'];
  expect(['1.41', '1.51'].map((version) => keys.filter((key) => text(version).includes(key)))).toEqual([
    [],
    keys,
  ]);
});
