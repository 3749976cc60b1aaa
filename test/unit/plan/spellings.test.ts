import { describe, expect, test } from 'vitest';
import { plan, up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { loadProject } from '../../../src/load/load-project.js';
import type { ContainerSpec } from '../../../src/model/container-spec.js';
import { composeLabel } from '../../../src/model/labels.js';
import type { Plan } from '../../../src/model/plan.js';
import type { Project } from '../../../src/model/project.js';
import { serviceFieldNames } from '../../../src/plan/container/service-fields.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';
import { sessionOn } from '../../support/session.js';

const files = {
  'one.env': 'MODE=fast\nLEVEL=3\n',
  'two.env': 'export MODE="fast"\n# a comment\nLEVEL=3\n',
  'other.env': 'MODE=slow\n',
  'token.txt': 'one',
  'token2.txt': 'two',
  'labels.txt': 'team=blue\n',
  'base.yaml': 'services: { base: { image: "web:1", environment: { MODE: fast } } }\n',
};

/** The attributes of `web` beside its image, in flow style or as a whole; the sections beside it; and two bystanders. */
function fileOf(web: string): string {
  const service = /^\s*(image|extends):/.test(web) ? web : `image: "web:1", ${web}`;
  return `
name: app
services:
  web: { ${service} }
  db: { image: "web:1" }
  other: { image: "web:1" }
networks: { back: {}, front: {} }
volumes: { data: {}, same: { name: app_data }, data2: {} }
configs: { settings: { content: one }, settings2: { content: two }, again: { content: one } }
secrets: { token: { file: ./token.txt }, token2: { file: ./token2.txt } }
models: { small: { model: ai/small } }
`;
}

async function load(web: string): Promise<Project> {
  const io = memoryLoadIo({
    files: { ...files, 'compose.yaml': fileOf(web) },
    environment: { MODE: 'fast' },
  });
  const result = await loadProject(loadRequest({ keepUnusedResources: true }), io);
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.project;
}

/** What `up` would do with the second file after an `up` with the first. */
async function planAfter(made: string, wanted: string): Promise<Plan> {
  const program = ({ labels }: ContainerSpec<string>) =>
    labels.has(composeLabel.hook) ? { exitCode: 0 } : {};
  const engine = new MemoryEngine({ images: ['web', 'web:1', 'web:2'], program });
  await up(await load(made), defaultUpPolicy, sessionOn(engine));
  return plan(await load(wanted), defaultUpPolicy, sessionOn(engine));
}

describe('other spellings of the same thing are no change', () => {
  test.each([
    // image
    ['image: "web:1"', "image: 'docker.io/library/web:1'"],
    ['image: web', 'image: "web:latest"'],
    // command, entrypoint
    ['command: serve --port 80', 'command: [serve, --port, "80"]'],
    [`command: sh -c 'echo "a b"'`, 'command: [sh, -c, \'echo "a b"\']'],
    ['entrypoint: /start now', 'entrypoint: [/start, now]'],
    // environment
    ['environment: { MODE: fast, LEVEL: 3 }', 'environment: [LEVEL=3, MODE=fast]'],
    ['environment: { FLAG: "true" }', 'environment: [FLAG=true]'],
    ['environment: { MODE: fast }', 'environment: [MODE]'],
    ['environment: { MODE: fast }', 'environment: { MODE: "$MODE" }'],
    ['environment: { MODE: fast }', 'environment: { MODE: "${OTHER:-fast}" }'],
    ['environment: { MODE: fast, LEVEL: "3" }', 'env_file: one.env'],
    ['env_file: one.env', 'env_file: [{ path: ./two.env, required: true }]'],
    ['env_file: one.env', 'env_file: [other.env, one.env]'],
    ['environment: { MODE: fast }', 'extends: { file: base.yaml, service: base }'],
    // labels, annotations, sysctls
    ['labels: { team: blue, tier: "1" }', 'labels: [tier=1, team=blue]'],
    ['labels: { team: blue }', 'label_file: labels.txt'],
    ['annotations: { a: "1" }', 'annotations: [a=1]'],
    ['sysctls: { net.core.somaxconn: 1024 }', 'sysctls: [net.core.somaxconn=1024]'],
    // ports, expose
    ['ports: ["8080:80"]', 'ports: [{ target: 80, published: "8080" }]'],
    ['ports: ["8080:80"]', 'ports: ["8080:80/tcp"]'],
    ['ports: ["8080-8081:80-81"]', 'ports: ["8081:81", "8080:80"]'],
    [
      'ports: ["127.0.0.1:8080:80/udp"]',
      'ports: [{ target: 80, published: 8080, host_ip: 127.0.0.1, protocol: udp }]',
    ],
    ['ports: ["8080:80"]', 'ports: [{ target: 80, published: "8080", name: http, app_protocol: http }]'],
    ['expose: ["81", "80"]', 'expose: [80, 81/tcp]'],
    // volumes, tmpfs
    ['volumes: ["data:/data"]', 'volumes: [{ type: volume, source: data, target: /data }]'],
    [
      'volumes: ["data:/data:ro"]',
      'volumes: [{ type: volume, source: same, target: /data/, read_only: true }]',
    ],
    ['volumes: ["./src:/src"]', 'volumes: ["/project/src:/src:rw"]'],
    [
      'volumes: ["./src:/src"]',
      'volumes: [{ type: bind, source: ././src/, target: /src, bind: { create_host_path: true } }]',
    ],
    ['volumes: ["data:/a", "data2:/b"]', 'volumes: ["data2:/b", "data:/a"]'],
    [
      'volumes: [{ type: tmpfs, target: /t, tmpfs: { size: 1m } }]',
      'volumes: [{ type: tmpfs, target: /t, tmpfs: { size: 1048576 } }]',
    ],
    ['tmpfs: /tmp', 'tmpfs: [/tmp]'],
    // networks
    ['networks: [back, front]', 'networks: { front: {}, back: null }'],
    ['networks: { back: { aliases: [b, a] } }', 'networks: { back: { aliases: [a, b] } }'],
    ['networks: { back: {} }', 'networks: { back: { priority: 10 } }'],
    ['hostname: web', 'hostname: web, networks: { default: {} }'],
    ['links: [db]', 'links: ["db:db"]'],
    ['external_links: [x, y]', 'external_links: [y, x]'],
    ['dns: 10.0.0.1', 'dns: [10.0.0.1]'],
    ['dns_search: example.com', 'dns_search: [example.com]'],
    ['extra_hosts: ["a:10.0.0.1", "b:10.0.0.2"]', 'extra_hosts: { b: 10.0.0.2, a: 10.0.0.1 }'],
    ['extra_hosts: ["a:10.0.0.1"]', 'extra_hosts: ["a=10.0.0.1"]'],
    // configs, secrets
    ['configs: [settings]', 'configs: [{ source: settings, target: /settings }]'],
    ['configs: [settings]', 'configs: [{ source: again, target: /settings }]'],
    ['secrets: [token]', 'secrets: [{ source: token, target: /run/secrets/token }]'],
    // limits
    ['mem_limit: 1g', 'mem_limit: 1024m'],
    ['mem_limit: 512m', 'deploy: { resources: { limits: { memory: 536870912 } } }'],
    ['mem_reservation: 64mb', 'deploy: { resources: { reservations: { memory: 64M } } }'],
    ['cpus: 0.5', 'cpus: "0.50"'],
    ['cpus: 0.5', 'deploy: { resources: { limits: { cpus: "0.5" } } }'],
    ['pids_limit: 5', 'deploy: { resources: { limits: { pids: 5 } } }'],
    ['shm_size: 64m', 'shm_size: 67108864'],
    ['ulimits: { nofile: 1024 }', 'ulimits: { nofile: { soft: 1024, hard: 1024 } }'],
    ['cpu_quota: 50000', 'cpu_quota: "50000"'],
    ['gpus: all', 'gpus: [{ count: -1 }]'],
    [
      'blkio_config: { device_read_bps: [{ path: /dev/a, rate: 1m }] }',
      'blkio_config: { device_read_bps: [{ path: /dev/a, rate: 1048576 }] }',
    ],
    // life
    ['healthcheck: { test: "true" }', 'healthcheck: { test: [CMD-SHELL, "true"] }'],
    ['healthcheck: { test: "true", interval: 90s }', 'healthcheck: { test: "true", interval: 1m30s }'],
    ['healthcheck: { disable: true }', 'healthcheck: { test: [NONE] }'],
    ['stop_grace_period: 90s', 'stop_grace_period: 1m30s'],
    ['restart: "no"', 'tty: false'],
    ['restart: on-failure', 'restart: "on-failure"'],
    [
      'logging: { options: { max-size: 1m, max-file: 3 } }',
      'logging: { options: { max-file: "3", max-size: 1m } }',
    ],
    ['pre_start: [{ command: make it }]', 'pre_start: [{ command: [make, it] }]'],
    // security and the rest
    ['cap_add: [NET_ADMIN, SYS_TIME]', 'cap_add: [SYS_TIME, NET_ADMIN]'],
    ['cap_drop: [ALL, KILL]', 'cap_drop: [KILL, ALL]'],
    ['security_opt: [a, b]', 'security_opt: [b, a]'],
    ['group_add: [a, "1"]', 'group_add: [1, a]'],
    ['devices: ["/dev/null"]', 'devices: ["/dev/null:/dev/null:rwm"]'],
    ['devices: ["/dev/null:/dev/x:r"]', 'devices: [{ source: /dev/null, target: /dev/x, permissions: r }]'],
    ['user: "1000"', "user: '1000'"],
    ['privileged: false', 'read_only: false'],
    ['storage_opt: { size: 1g }', 'storage_opt: { size: "1g" }'],
    ['network_mode: none', 'network_mode: "none"'],
    // what shapes no container
    ['user: root', 'user: root, depends_on: [db], profiles: []'],
    ['user: root', 'user: root, scale: 1, pull_policy: missing, attach: false, x-note: 1'],
    ['user: root', 'user: root, develop: { watch: [{ path: ., action: rebuild }] }, build: .'],
    ['user: root', 'user: root, post_start: [{ command: hello }], pre_stop: [{ command: bye }]'],
  ])('%s is %s', async (made, wanted) => {
    expect((await planAfter(made, wanted)).steps).toEqual([]);
  });
});

/** For each entry of the list of what shapes a container: what it is changed from, to, and as what that is told. */
const changes: readonly (readonly [field: string, made: string, wanted: string, path?: string])[] = [
  ['image', 'image: "web:1"', 'image: "web:2"'],
  ['command', 'command: run', 'command: walk'],
  ['entrypoint', 'entrypoint: /a', 'entrypoint: /b'],
  [
    'environment',
    'environment: { MODE: a, KEPT: x }',
    'environment: { MODE: b, KEPT: x }',
    'environment.MODE',
  ],
  ['labels', 'labels: { team: a }', 'labels: { team: b }', 'labels.team'],
  ['annotations', 'annotations: { a: "1" }', 'annotations: { a: "2" }', 'annotations.a'],
  ['sysctls', 'sysctls: { a.b: 1 }', 'sysctls: { a.b: 2 }', 'sysctls.a.b'],
  ['ulimits', 'ulimits: { nofile: 10 }', 'ulimits: { nofile: 11 }', 'ulimits.nofile'],
  [
    'networks',
    'networks: { back: { aliases: [a] } }',
    'networks: { back: { aliases: [b] } }',
    'networks.app_back',
  ],
  ['ports', 'ports: ["8080:80"]', 'ports: ["8081:80"]'],
  ['volumes', 'volumes: ["data:/data"]', 'volumes: ["data:/data:ro"]'],
  [
    'configs',
    'configs: [settings]',
    'configs: [{ source: settings2, target: /settings }]',
    'configs./settings',
  ],
  [
    'secrets',
    'secrets: [token]',
    'secrets: [{ source: token2, target: token }]',
    'secrets./run/secrets/token',
  ],
  ['platform', 'platform: linux/amd64', 'user: ""'],
  ['working_dir', 'working_dir: /a', 'working_dir: /b'],
  ['user', 'user: a', 'user: b'],
  ['group_add', 'group_add: [a]', 'group_add: [b]'],
  ['tty', 'tty: true', 'tty: false'],
  ['stdin_open', 'stdin_open: true', 'stdin_open: false'],
  ['init', 'init: true', 'init: false'],
  ['stop_signal', 'stop_signal: SIGINT', 'stop_signal: SIGQUIT'],
  ['stop_grace_period', 'stop_grace_period: 1s', 'stop_grace_period: 2s'],
  ['hostname', 'hostname: a', 'hostname: b'],
  ['domainname', 'domainname: a', 'domainname: b'],
  ['container_name', 'container_name: aa', 'container_name: bb'],
  ['links', 'links: ["db:a"]', 'links: ["db:b"]'],
  ['external_links', 'external_links: ["x:a"]', 'external_links: ["x:b"]'],
  ['volumes_from', 'volumes_from: ["db:ro"]', 'volumes_from: ["db"]'],
  ['network_mode', 'network_mode: host', 'network_mode: none'],
  ['mac_address', 'mac_address: "02:00:00:00:00:01"', 'mac_address: "02:00:00:00:00:02"'],
  ['expose', 'expose: [80]', 'expose: [81]'],
  ['dns', 'dns: 10.0.0.1', 'dns: 10.0.0.2'],
  ['dns_opt', 'dns_opt: [a]', 'dns_opt: [b]'],
  ['dns_search', 'dns_search: a', 'dns_search: b'],
  ['extra_hosts', 'extra_hosts: { a: 10.0.0.1 }', 'extra_hosts: { a: 10.0.0.2 }'],
  ['tmpfs', 'tmpfs: /a', 'tmpfs: /b'],
  ['read_only', 'read_only: true', 'read_only: false'],
  [
    'use_api_socket',
    'use_api_socket: true',
    'use_api_socket: false',
    'environment.DOCKER_CONFIG, use_api_socket, volumes',
  ],
  ['shm_size', 'shm_size: 1m', 'shm_size: 2m'],
  ['storage_opt', 'storage_opt: { size: 1g }', 'storage_opt: { size: 2g }'],
  ['devices', 'devices: ["/dev/a"]', 'devices: ["/dev/b"]'],
  ['device_cgroup_rules', 'device_cgroup_rules: ["c 1:3 mr"]', 'device_cgroup_rules: ["c 1:3 r"]'],
  ['cpus', 'cpus: 1', 'cpus: 2'],
  ['cpu_count', 'cpu_count: 1', 'cpu_count: 2'],
  ['cpu_percent', 'cpu_percent: 10', 'cpu_percent: 20'],
  ['cpu_shares', 'cpu_shares: 10', 'cpu_shares: 20'],
  ['cpu_period', 'cpu_period: 10000', 'cpu_period: 20000'],
  ['cpu_quota', 'cpu_quota: 10000', 'cpu_quota: 20000'],
  ['cpu_rt_period', 'cpu_rt_period: 10000', 'cpu_rt_period: 20000'],
  ['cpu_rt_runtime', 'cpu_rt_runtime: 10000', 'cpu_rt_runtime: 20000'],
  ['cpuset', 'cpuset: "0"', 'cpuset: "1"'],
  ['mem_limit', 'mem_limit: 1g', 'mem_limit: 2g'],
  ['mem_reservation', 'mem_reservation: 1g', 'mem_reservation: 2g'],
  ['memswap_limit', 'mem_limit: 1m, memswap_limit: 2g', 'mem_limit: 1m, memswap_limit: 3g'],
  ['mem_swappiness', 'mem_swappiness: 0', 'mem_swappiness: 1'],
  ['oom_kill_disable', 'oom_kill_disable: true', 'oom_kill_disable: false'],
  ['oom_score_adj', 'oom_score_adj: 1', 'oom_score_adj: 2'],
  ['pids_limit', 'pids_limit: 1', 'pids_limit: 2'],
  ['blkio_config', 'blkio_config: { weight: 10 }', 'blkio_config: { weight: 20 }'],
  ['gpus', 'gpus: all', 'gpus: [{ count: 1 }]'],
  ['privileged', 'privileged: true', 'privileged: false'],
  ['cap_add', 'cap_add: [KILL]', 'cap_add: [CHOWN]'],
  ['cap_drop', 'cap_drop: [KILL]', 'cap_drop: [CHOWN]'],
  ['security_opt', 'security_opt: [a]', 'security_opt: [b]'],
  ['userns_mode', 'userns_mode: host', 'user: ""'],
  ['pid', 'pid: host', 'user: ""'],
  ['ipc', 'ipc: host', 'ipc: shareable'],
  ['uts', 'uts: host', 'user: ""'],
  ['cgroup', 'cgroup: host', 'cgroup: private'],
  ['cgroup_parent', 'cgroup_parent: /a', 'cgroup_parent: /b'],
  ['runtime', 'runtime: a', 'runtime: b'],
  ['isolation', 'isolation: default', 'isolation: process'],
  ['healthcheck', 'healthcheck: { test: a }', 'healthcheck: { test: a, retries: 2 }'],
  ['restart', 'restart: always', 'restart: unless-stopped'],
  ['logging', 'logging: { driver: local }', 'logging: { driver: none }'],
  ['pre_start', 'pre_start: [{ command: a }]', 'pre_start: [{ command: b }]'],
];

describe('a change of one of these alone recreates its service and no other', () => {
  const rows = changes.map(([field, made, wanted, path = field]) => ({ field, made, wanted, path }));
  test.each(rows)('$field: from $made to $wanted', async ({ made, wanted, path }) => {
    const { steps } = await planAfter(made, wanted);
    const creations = steps.filter(({ kind }) => kind === 'create-container');
    expect({
      services: [...new Set(steps.map(({ service }) => service))],
      why: creations.map(({ reason }) =>
        reason.kind === 'changed' ? reason.changes.map((change) => change.path).join(', ') : reason,
      ),
    }).toEqual({ services: ['web'], why: [path] });
  });

  test('they are all there are', () => {
    const elsewhere = ['provided'];
    expect([...changes.map(([field]) => field), ...elsewhere].sort()).toEqual(serviceFieldNames.toSorted());
  });
});
