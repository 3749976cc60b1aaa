import { type ContainerFixture, container } from './container-fixture.js';
import { networkingFixtures } from './networking-fixtures.js';
import { storageFixtures } from './storage-fixtures.js';

const mb = 1024 * 1024;

const inHost = (fields: unknown) => ({ HostConfig: fields });
const inConfig = (fields: unknown) => ({ Config: fields });

const processFixtures: readonly ContainerFixture[] = [
  container('image', '{}', inConfig({ Image: 'busybox' })),
  container('command', '{command: [echo, "a b"]}', inConfig({ Cmd: ['echo', 'a b'] })),
  container('entrypoint', '{entrypoint: echo one}', inConfig({ Entrypoint: ['echo', 'one'] })),
  container('environment', '{environment: {MODE: one}}', inConfig({ Env: ['MODE=one', expectPath()] })),
  container('working_dir', '{working_dir: /tmp}', inConfig({ WorkingDir: '/tmp' })),
  container('user', '{user: "1000:1001"}', inConfig({ User: '1000:1001' })),
  container('group_add', '{group_add: [mail, 12]}', inHost({ GroupAdd: ['mail', '12'] })),
  container('tty', '{tty: true}', inConfig({ Tty: true })),
  container('stdin_open', '{stdin_open: true}', inConfig({ OpenStdin: true })),
  container('init', '{init: true}', inHost({ Init: true })),
  container('stop_signal', '{stop_signal: SIGUSR1}', inConfig({ StopSignal: 'SIGUSR1' })),
  container('stop_grace_period', '{stop_grace_period: 1m30s}', inConfig({ StopTimeout: 90 })),
  container('hostname', '{hostname: here}', inConfig({ Hostname: 'here' })),
  container('domainname', '{domainname: example.org}', inConfig({ Domainname: 'example.org' })),
  container('labels', '{labels: {team: red}}', inConfig({ Labels: { team: 'red' } })),
  container('annotations', '{annotations: {team: red}}', inHost({ Annotations: { team: 'red' } })),
  container(
    [
      'healthcheck',
      'healthcheck.test',
      'healthcheck.interval',
      'healthcheck.timeout',
      'healthcheck.retries',
      'healthcheck.start_period',
    ],
    '{healthcheck: {test: [CMD, "true"], interval: 7s, timeout: 2s, retries: 4, start_period: 1500ms}}',
    inConfig({
      Healthcheck: {
        Test: ['CMD', 'true'],
        Interval: 7e9,
        Timeout: 2e9,
        Retries: 4,
        StartPeriod: 15e8,
      },
    }),
  ),
  container(
    'healthcheck.start_interval',
    '{healthcheck: {test: [CMD, "true"], start_period: 9s, start_interval: 1s}}',
    inConfig({ Healthcheck: { StartInterval: 1e9 } }),
  ),
  container(
    'healthcheck.disable',
    '{healthcheck: {disable: true}}',
    inConfig({ Healthcheck: { Test: ['NONE'] } }),
  ),
];

/** busybox sets PATH. */
function expectPath(): string {
  return 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
}

const rateField = {
  read_bps: 'BlkioDeviceReadBps',
  write_bps: 'BlkioDeviceWriteBps',
  read_iops: 'BlkioDeviceReadIOps',
  write_iops: 'BlkioDeviceWriteIOps',
} as const;

const limitFixtures: readonly ContainerFixture[] = [
  container('cpus', '{cpus: 0.5}', inHost({ NanoCpus: 5e8 })),
  container('cpu_count', '{cpu_count: 1}', inHost({ CpuCount: 1 }), { elsewhere: 'Windows' }),
  container('cpu_percent', '{cpu_percent: 50}', inHost({ CpuPercent: 50 }), { elsewhere: 'Windows' }),
  container('cpu_shares', '{cpu_shares: 512}', inHost({ CpuShares: 512 })),
  container(
    ['cpu_period', 'cpu_quota'],
    '{cpu_period: 50000, cpu_quota: 25000}',
    inHost({ CpuPeriod: 50000, CpuQuota: 25000 }),
  ),
  container(
    ['cpu_rt_period', 'cpu_rt_runtime'],
    '{cpu_rt_period: 100000, cpu_rt_runtime: 5000}',
    inHost({ CpuRealtimePeriod: 100000, CpuRealtimeRuntime: 5000 }),
    { elsewhere: 'a kernel with real-time scheduling of groups' },
  ),
  container('cpuset', '{cpuset: "0"}', inHost({ CpusetCpus: '0' })),
  container('mem_limit', '{mem_limit: 64m}', inHost({ Memory: 64 * mb })),
  container('mem_reservation', '{mem_reservation: 32m}', inHost({ MemoryReservation: 32 * mb })),
  container('memswap_limit', '{mem_limit: 64m, memswap_limit: 96m}', inHost({ MemorySwap: 96 * mb })),
  container('mem_swappiness', '{mem_swappiness: 30}', inHost({ MemorySwappiness: 30 })),
  container('oom_kill_disable', '{mem_limit: 64m, oom_kill_disable: true}', inHost({ OomKillDisable: true })),
  container('oom_score_adj', '{oom_score_adj: 500}', inHost({ OomScoreAdj: 500 })),
  container('pids_limit', '{pids_limit: 100}', inHost({ PidsLimit: 100 })),
  container(
    ['ulimits', 'ulimits.*.soft', 'ulimits.*.hard'],
    '{ulimits: {nproc: 65535, nofile: {soft: 100, hard: 200}}}',
    inHost({
      Ulimits: [
        { Name: 'nofile', Soft: 100, Hard: 200 },
        { Name: 'nproc', Soft: 65535, Hard: 65535 },
      ],
    }),
  ),
  container(
    [
      'blkio_config',
      'blkio_config.weight',
      'blkio_config.weight_device',
      'blkio_config.weight_device[].path',
      'blkio_config.weight_device[].weight',
    ],
    '{blkio_config: {weight: 300, weight_device: [{path: /dev/null, weight: 400}]}}',
    inHost({ BlkioWeight: 300, BlkioWeightDevice: [{ Path: '/dev/null', Weight: 400 }] }),
    { elsewhere: 'a kernel with block I/O weights' },
  ),
  ...(['read_bps', 'write_bps', 'read_iops', 'write_iops'] as const).map((rate) =>
    container(
      [
        `blkio_config.device_${rate}`,
        `blkio_config.device_${rate}[].path`,
        `blkio_config.device_${rate}[].rate`,
      ],
      `{blkio_config: {device_${rate}: [{path: /dev/null, rate: 1024}]}}`,
      inHost({ [rateField[rate]]: [{ Path: '/dev/null', Rate: 1024 }] }),
    ),
  ),
  container('shm_size', '{shm_size: 128m}', inHost({ ShmSize: 128 * mb })),
];

const deviceRequest = { Driver: 'nvidia', Count: 2, Capabilities: [['gpu']], Options: { a: 'b' } };

const deviceFixtures: readonly ContainerFixture[] = [
  container(
    ['devices', 'devices[].source', 'devices[].target', 'devices[].permissions'],
    '{devices: [{source: /dev/null, target: /dev/nothing, permissions: rw}]}',
    inHost({
      Devices: [{ PathOnHost: '/dev/null', PathInContainer: '/dev/nothing', CgroupPermissions: 'rw' }],
    }),
  ),
  container(
    'device_cgroup_rules',
    '{device_cgroup_rules: ["c 1:3 mr"]}',
    inHost({ DeviceCgroupRules: ['c 1:3 mr'] }),
  ),
  container(
    ['gpus', 'gpus[].capabilities', 'gpus[].driver', 'gpus[].count', 'gpus[].options'],
    '{gpus: [{driver: nvidia, count: 2, capabilities: [gpu], options: {a: b}}]}',
    inHost({ DeviceRequests: [deviceRequest] }),
  ),
  container(
    'gpus[].device_ids',
    '{gpus: [{driver: nvidia, device_ids: ["0", "3"]}]}',
    inHost({ DeviceRequests: [{ DeviceIDs: ['0', '3'] }] }),
  ),
];

const isolationFixtures: readonly ContainerFixture[] = [
  container('privileged', '{privileged: true}', inHost({ Privileged: true })),
  container('cap_add', '{cap_add: [CAP_NET_ADMIN]}', inHost({ CapAdd: ['CAP_NET_ADMIN'] })),
  container('cap_drop', '{cap_drop: [ALL]}', inHost({ CapDrop: ['ALL'] })),
  container(
    'security_opt',
    '{security_opt: ["no-new-privileges:true"]}',
    inHost({ SecurityOpt: ['no-new-privileges:true'] }),
  ),
  container('userns_mode', '{userns_mode: host}', inHost({ UsernsMode: 'host' })),
  container('pid', '{pid: host}', inHost({ PidMode: 'host' })),
  container('ipc', '{ipc: shareable}', inHost({ IpcMode: 'shareable' })),
  container('uts', '{uts: host}', inHost({ UTSMode: 'host' })),
  container('cgroup', '{cgroup: host}', inHost({ CgroupnsMode: 'host' })),
  container('cgroup_parent', '{cgroup_parent: /tscompose}', inHost({ CgroupParent: '/tscompose' })),
  container(
    'sysctls',
    '{sysctls: {net.core.somaxconn: 1024}}',
    inHost({ Sysctls: { 'net.core.somaxconn': '1024' } }),
  ),
  container('runtime', '{runtime: runc}', inHost({ Runtime: 'runc' })),
  container('isolation', '{isolation: default}', inHost({ Isolation: 'default' })),
  container('read_only', '{read_only: true}', inHost({ ReadonlyRootfs: true })),
];

const lifeFixtures: readonly ContainerFixture[] = [
  container(
    'restart',
    '{restart: "on-failure:3"}',
    inHost({ RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } }),
  ),
  container(
    [
      'deploy',
      'deploy.restart_policy',
      'deploy.restart_policy.condition',
      'deploy.restart_policy.max_attempts',
    ],
    '{deploy: {restart_policy: {condition: on-failure, max_attempts: 2}}}',
    inHost({ RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } }),
  ),
  container(
    [
      'deploy.resources',
      'deploy.resources.limits',
      'deploy.resources.limits.cpus',
      'deploy.resources.limits.memory',
      'deploy.resources.limits.pids',
      'deploy.resources.reservations',
      'deploy.resources.reservations.memory',
    ],
    '{deploy: {resources: {limits: {cpus: "0.5", memory: 64m, pids: 50}, reservations: {memory: 32m}}}}',
    inHost({ NanoCpus: 5e8, Memory: 64 * mb, PidsLimit: 50, MemoryReservation: 32 * mb }),
  ),
  container(
    [
      'deploy.resources.reservations.devices',
      'deploy.resources.reservations.devices[].capabilities',
      'deploy.resources.reservations.devices[].driver',
      'deploy.resources.reservations.devices[].count',
      'deploy.resources.reservations.devices[].options',
    ],
    '{deploy: {resources: {reservations: {devices: [{driver: nvidia, count: 2, capabilities: [gpu], options: {a: b}}]}}}}',
    inHost({ DeviceRequests: [deviceRequest] }),
  ),
  container(
    'deploy.resources.reservations.devices[].device_ids',
    '{deploy: {resources: {reservations: {devices: [{driver: nvidia, device_ids: ["1"], capabilities: [gpu]}]}}}}',
    inHost({ DeviceRequests: [{ DeviceIDs: ['1'], Capabilities: [['gpu']] }] }),
  ),
  container(
    ['logging', 'logging.driver', 'logging.options'],
    '{logging: {driver: json-file, options: {max-size: 10m}}}',
    inHost({ LogConfig: { Type: 'json-file', Config: { 'max-size': '10m' } } }),
  ),
  container('platform', '{platform: linux}', { Platform: 'linux' }),
  container(
    'use_api_socket',
    '{use_api_socket: true}',
    inConfig({ Env: ['DOCKER_CONFIG=/run/secrets/docker', expectPath()] }),
  ),
];

export const containerFixtures: readonly ContainerFixture[] = [
  ...processFixtures,
  ...limitFixtures,
  ...deviceFixtures,
  ...isolationFixtures,
  ...lifeFixtures,
  ...networkingFixtures,
  ...storageFixtures,
];
