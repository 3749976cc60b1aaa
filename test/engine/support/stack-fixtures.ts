import { stateOf } from '../../support/keeper.js';
import { engineSays } from '../../support/scenario-shell.js';
import type { Stack } from '../../support/scenario-stack.js';

/** What proves keys that are about more than one service: files, commands, and what is seen afterwards. */
export interface StackFixture {
  readonly keys: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly see: (stack: Stack) => Promise<unknown>;
  readonly expected: unknown;
}

const sleeper = 'image: busybox, command: sleep 60, init: true';
const below = (...keys: string[]) => keys.map((key) => `services.*.${key}`);

async function states(stack: Stack, ...flags: string[]): Promise<unknown> {
  await stack.up(...flags);
  return stack.states();
}

export const stackFixtures: readonly StackFixture[] = [
  {
    keys: below('x-tscompose', 'x-tscompose.kind'),
    files: {
      'compose.yaml':
        '{services: {seed: {image: busybox, command: sh -c "sleep 1; exit 4", x-tscompose: {kind: job}}}}',
    },
    see: async (stack) =>
      (await stack.run('up', '--wait')).stderr.includes("didn't complete successfully: exit 4"),
    expected: true,
  },
  {
    keys: below('x-tscompose.on-unhealthy'),
    files: {
      'compose.yaml': `{services: {web: {${sleeper}, healthcheck: {test: [CMD, "false"], interval: 200ms, retries: 1}, x-tscompose: {on-unhealthy: recreate}}}}`,
    },
    see: async (stack) => {
      const keeper = stack.start(['reconcile'], stateOf(stack));
      await keeper.says('Container app-web-1  Unhealthy  recreate');
      await keeper.says('Container app-web-1  Recreated');
      return 'a new container';
    },
    expected: 'a new container',
  },
  {
    keys: ['include', 'include[].path', 'include[].project_directory', 'include[].env_file'],
    files: {
      'compose.yaml': `{include: [{path: part/part.yaml, project_directory: part, env_file: part/part.env}], services: {web: {${sleeper}}}}`,
      'part/part.yaml':
        '{services: {db: {image: busybox, command: [echo, "${WORD}"], volumes: [".:/here:ro"]}}}',
      'part/part.env': 'WORD=included\n',
    },
    see: async (stack) => {
      const config = JSON.parse(await stack.must('config', '--format', 'json'));
      return { command: config.services.db.command, source: config.services.db.volumes[0].source };
    },
    expected: { command: ['echo', 'included'], source: './part' },
  },
  {
    keys: below('profiles', 'scale', 'deploy.replicas', 'container_name'),
    files: {
      'compose.yaml': `{services: {off: {${sleeper}, profiles: [never]}, two: {${sleeper}, scale: 2}, deployed: {${sleeper}, deploy: {replicas: 2}}}}`,
    },
    see: (stack) => states(stack, '--no-start'),
    expected: { 'deployed-1': 'created', 'deployed-2': 'created', 'two-1': 'created', 'two-2': 'created' },
  },
  {
    keys: below('attach'),
    files: {
      'compose.yaml':
        '{services: {loud: {image: busybox, command: echo heard}, mute: {image: busybox, command: echo unheard, attach: false}}}',
    },
    see: async (stack) => (await stack.must('up')).includes('unheard'),
    expected: false,
  },
  {
    keys: below('pull_policy'),
    files: {
      'compose.yaml': '{services: {web: {image: "tscompose.example/absent:1", pull_policy: never}}}',
    },
    see: async (stack) => (await stack.run('up', '-d')).stderr.includes('its pull policy is never'),
    expected: true,
  },
  {
    keys: below(
      'post_start',
      'post_start[].command',
      'post_start[].user',
      'post_start[].working_dir',
      'post_start[].environment',
    ),
    files: {
      'compose.yaml': `services:
  web:
    image: busybox
    init: true
    tmpfs: ["/tmp:mode=1777"]
    command: sh -c 'until test -s /tmp/hook; do sleep 0.1; done; cat /tmp/hook; sleep 60'
    post_start:
      - {command: sh -c 'echo "$$(id -u) $$(pwd) $$MODE" > /tmp/hook', user: "7", working_dir: /tmp, environment: {MODE: one}}
`,
    },
    see: async (stack) => {
      await stack.up();
      await stack.eventually('the hook has written', async () => (await stack.linesOf('web')).length > 0);
      return stack.linesOf('web');
    },
    expected: ['7 /tmp one'],
  },
  {
    keys: below(
      'pre_stop',
      'pre_stop[].command',
      'pre_stop[].user',
      'pre_stop[].working_dir',
      'pre_stop[].environment',
    ),
    files: {
      'compose.yaml': `services:
  web:
    image: busybox
    init: true
    tmpfs: ["/tmp:mode=1777"]
    command: sh -c 'trap "cat /tmp/hook; exit" TERM; sleep 60 & wait'
    stop_grace_period: 5s
    pre_stop:
      - {command: sh -c 'echo "$$(id -u) $$(pwd) $$MODE" > /tmp/hook', user: "7", working_dir: /tmp, environment: {MODE: one}}
`,
    },
    see: async (stack) => {
      await stack.up();
      await stack.must('up', '-d', '--no-start', '--force-recreate');
      return stack.states();
    },
    expected: { 'web-1': 'created' },
  },
  {
    keys: below('external_links'),
    files: {
      'compose.yaml': `{services: {web: {${sleeper}, network_mode: bridge, external_links: ["<project>-other:friend"]}}}`,
    },
    see: async (stack) => {
      const { stdout, stderr } = await stack.run('up', '--no-start');
      return `${stdout}${stderr}`.includes('-other');
    },
    expected: true,
  },
  {
    keys: below('storage_opt'),
    files: { 'compose.yaml': `{services: {web: {${sleeper}, storage_opt: {size: 1G}}}}` },
    see: async (stack) => {
      const { exitCode, stderr } = await stack.run('up', '--no-start');
      // Most refuse it: their disks have no quotas. With images of containerd it is taken.
      if (exitCode !== 0) return /storage-opt|size/.test(stderr);
      const { id } = await stack.container('web-1');
      const { HostConfig } = await engineSays<{ HostConfig: { StorageOpt: object } }>(
        `/containers/${id}/json`,
      );
      return 'size' in HostConfig.StorageOpt;
    },
    expected: true,
  },
  {
    keys: ['name'],
    files: { 'compose.yaml': `{name: shop, services: {web: {${sleeper}}}}` },
    // The variable that the tests set would win.
    see: async (stack) => {
      const { stdout } = await stack.start(['config'], { COMPOSE_PROJECT_NAME: '' }).outcome;
      return stdout.split('\n')[0];
    },
    expected: 'name: shop',
  },
  {
    keys: [
      'networks.*.external',
      'volumes.*.external',
      'networks.*.external.name',
      'volumes.*.external.name',
    ],
    files: {
      'made.yaml': `{services: {web: {${sleeper}, networks: [made], volumes: ["made:/made"]}}, networks: {made: {name: <project>-made}}, volumes: {made: {name: <project>-made}}}`,
      'compose.yaml': `{services: {user: {${sleeper}, networks: [theirs], volumes: ["theirs:/theirs"]}}, networks: {theirs: {external: {name: <project>-made}}}, volumes: {theirs: {external: true, name: <project>-made}}}`,
    },
    see: async (stack) => {
      await stack.must('-f', 'made.yaml', 'up', '--no-start');
      await stack.up('--no-start');
      const { networks, mounts } = await stack.container('user-1');
      const short = (name = '') => name.replace(stack.project, 'app');
      return {
        networks: [...networks.keys()].map(short),
        volumes: mounts.map(({ volumeName }) => short(volumeName)),
      };
    },
    expected: { networks: ['app-made'], volumes: ['app-made'] },
  },
  {
    keys: below(
      'pre_start',
      'pre_start[].command',
      'pre_start[].image',
      'pre_start[].user',
      'pre_start[].working_dir',
      'pre_start[].environment',
      'pre_start[].per_replica',
    ),
    files: {
      'compose.yaml': `services:
  web:
    image: busybox
    command: cat /step/out
    volumes: ["step:/step"]
    pre_start:
      - {image: "busybox:latest", command: sh -c 'echo "$$(id -u) $$(pwd) $$MODE" > /step/out', user: "0", working_dir: /step, environment: {MODE: one}, per_replica: true}
volumes: {step: {}}
`,
    },
    see: async (stack) => {
      await stack.up();
      await stack.eventually('web has ended', (all) => all.every(({ state }) => state === 'exited'));
      return stack.linesOf('web');
    },
    expected: ['0 /step one'],
  },
  ...(['pre_start', 'post_start', 'pre_stop'] as const).map(privilegedHook),
];

/** Where root itself may not give all capabilities away, the refusal to do so is what can be seen. */
function privilegedHook(phase: 'pre_start' | 'post_start' | 'pre_stop'): StackFixture {
  const hook = `{command: sh -c 'grep CapEff /proc/self/status > /caps/hook', privileged: true${phase === 'pre_start' ? ', image: busybox' : ''}}`;
  return {
    keys: below(`${phase}[].privileged`),
    files: {
      'compose.yaml': `services:
  web: {${sleeper}, volumes: ["caps:/caps"], ${phase}: [${hook}]}
  look: {image: busybox, profiles: [look], command: cat /caps/hook, volumes: ["caps:/caps"]}
volumes: {caps: {}}
`,
    },
    see: async (stack) => {
      const outcomes = [await stack.run('up', '-d')];
      if (phase === 'pre_stop') outcomes.push(await stack.run('stop', 'web'));
      if (outcomes.some(({ stderr }) => /126|caps|permitted/.test(stderr))) return true;
      await stack.run('up', '-d', 'look');
      await stack.eventually('a look was taken', async () => (await stack.linesOf('look')).length > 0);
      return (await stack.linesOf('look')).every((line) => /ffffff[0-9a-f]$/.test(line));
    },
    expected: true,
  };
}
