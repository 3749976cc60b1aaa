import { expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { HostFacts } from '../../../src/model/host-facts.js';
import { EngineError } from '../../../src/problems/errors.js';
import { version } from '../../../src/version.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';
import { hostFacts } from '../../support/host-facts.js';

const files = {
  'compose.yaml': `name: app
services:
  web:
    image: "registry.test/team/web:1"
    ports: ["8080:80", "9090:90"]
    volumes: ["./site:/site", {type: bind, source: ./must, target: /must, bind: {create_host_path: false}}]
    networks: [edge]
    environment: ["TOKEN=\${NOT_SET}"]
    healthcheck: {test: ["CMD", "true"], start_interval: 1s}
    secrets: [key]
networks: {edge: {external: true}}
secrets: {key: {environment: NO_KEY}}
`,
};

interface Wish {
  readonly globals?: readonly string[];
  readonly host?: Partial<HostFacts>;
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly connect?: () => Promise<MemoryEngine>;
  readonly nowMs?: () => number;
}

async function page(
  args: readonly string[],
  { host = {}, files: given = {}, environment = {}, globals = [], ...wish }: Wish,
) {
  const nowMs = wish.nowMs ?? (() => 0);
  const engine = new MemoryEngine({ nowMs: () => 0, apiVersion: '1.41' });
  const io = {
    ...fakeCliIo({ files: given, environment }, engine),
    hostFacts: hostFacts(host),
    clock: { nowMs },
    ...(wish.connect === undefined ? {} : { connect: wish.connect }),
  };
  const exitCode = await main([...globals, 'doctor', ...args], io);
  return { exitCode, stderr: io.written.stderr, stdout: io.written.stdout.replace(version, 'VERSION') };
}

test('nothing is wrong without a project on a machine that is well', async () => {
  expect(await page([], {})).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `tscompose
  ok       tscompose VERSION with Node v22.0.0 on linux
  ok       one user may watch 524288 directories, in 512 groups

Engine
  ok       Memory Engine 1.0.0, API 1.41, linux/amd64
  ok       it answers at memory://engine, the first of the usual sockets
  ok       Memory, 2 CPUs, 4.0 GB of memory, as root, storage memory, images in the engine's store, builds with BuildKit
  ok       the engine's clock goes with ours

Disk of the engine
  ok       50.0 GB of 100.0 GB are free at /var/lib/memory
  ok       images 0 MB (0 MB unused), containers 0 MB (0 MB unused), volumes 0 MB (0 MB unused), build cache 0 MB (0 MB unused)

Project
  ok       no Compose file in /project or above it: only the machine was looked at

no problems
`,
  });
});

test('everything that is wrong is told with its place and what to do', async () => {
  const host: Partial<HostFacts> = {
    freeSpace: async () => ({ freeBytes: 100e6, totalBytes: 100e9 }),
    watchLimits: async () => ({ watches: 8192, instances: 128 }),
    stateFolder: async () => ({ path: '/state', isWritable: false }),
    keeper: async () => ({ pid: 7, command: 'reconcile' }),
    lockHolder: async () => ({
      pid: 9,
      command: 'up',
      directory: '/w',
      otherHost: undefined,
      sinceMs: 0,
      path: '/l',
    }),
  };
  expect(await page([], { files, host, nowMs: () => 60_000 })).toEqual({
    exitCode: 1,
    stderr: '',
    stdout: `tscompose
  ok       tscompose VERSION with Node v22.0.0 on linux
  warning  /state cannot be written to: two commands may change one project at the same time
           → give this user the right to write there, or set XDG_STATE_HOME to another directory
  warning  one user may watch 8192 directories, in 128 groups
           → for \`watch\`, as root: sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512

Engine
  ok       Memory Engine 1.0.0, API 1.41, linux/amd64
  ok       it answers at memory://engine, the first of the usual sockets
  ok       Memory, 2 CPUs, 4.0 GB of memory, as root, storage memory, images in the engine's store, builds with BuildKit
  warning  the engine's clock is 60 s behind ours: logs since a time, certificates and caches go wrong
           → set both by the network (NTP); a virtual machine that slept may need a restart

Disk of the engine
  problem  100 MB of 100.0 GB are free at /var/lib/memory
           → remove what is not needed: docker image prune, docker builder prune
  ok       images 0 MB (0 MB unused), containers 0 MB (0 MB unused), volumes 0 MB (0 MB unused), build cache 0 MB (0 MB unused)

Project
  ok       project "app": 1 service, from /project/compose.yaml
  warning  the variable "NOT_SET" is not set and becomes an empty text (config/unset-variable)
           compose.yaml:8:19
           → set NOT_SET, or write \${NOT_SET:-} to say that it may be empty
  problem  environment variable "NO_KEY" required by secret "key" is not set (config/missing-variable)
           compose.yaml:10:15
           → set NO_KEY in the environment or in an env file
  warning  \`up\` in /w changes this project since 60 s (process 9): other commands wait for it
           → let it end, or end that process
  ok       \`reconcile\` (process 7) keeps this project as its files say: it undoes what is changed by hand
  warning  healthcheck.start_interval of service "web" needs Docker Engine 25.0 (API 1.44); this engine speaks API 1.41, and checks run at "interval" from the beginning
           compose.yaml:9:58
  problem  external network "edge" does not exist
           compose.yaml:11:12
           → docker network create edge, or leave out "external: true"

Images
  ok       1 of 1 image must be pulled: registry.test/team/web:1
  warning  nobody is logged in at registry.test, from where an image must be pulled
           → if it is not public: docker login registry.test

Ports
  ok       nobody else has the ports of the files: 8080, 9090

Containers
  ok       project "app" has no containers yet

3 problems, 7 warnings
`,
  });
});

test('warnings alone are no failure', async () => {
  const { exitCode } = await page([], {
    host: { watchLimits: async () => ({ watches: 8192, instances: 8 }) },
  });
  expect(exitCode).toBe(0);
});

test('an engine that does not answer is one problem; the files are looked at all the same', async () => {
  const connect = async () => {
    throw new EngineError('unreachable', 'no container engine answers: tcp://me:secret@host:1', {
      operation: 'connect',
      hint: 'start it',
    });
  };
  const given = { 'compose.yaml': 'name: app\nservices: { web: { image: i, prts: [1] } }\n' };
  const { exitCode, stdout } = await page(['--format', 'json'], { connect, files: given });
  expect({ exitCode, document: JSON.parse(stdout) }).toEqual({
    exitCode: 1,
    document: {
      schemaVersion: 1,
      result: 'problem',
      findings: [
        {
          topic: 'tscompose',
          check: 'version',
          state: 'ok',
          text: 'tscompose VERSION with Node v22.0.0 on linux',
        },
        {
          topic: 'tscompose',
          check: 'watch-limits',
          state: 'ok',
          text: 'one user may watch 524288 directories, in 512 groups',
        },
        {
          topic: 'engine',
          check: 'engine',
          state: 'problem',
          text: 'no container engine answers: tcp://••••••@host:1',
          advice: 'start it',
        },
        {
          topic: 'project',
          check: 'files',
          state: 'problem',
          text: 'service "web" has no key "prts" (config/unknown-key)',
          advice: 'did you mean "ports"?',
          file: '/project/compose.yaml',
          line: 2,
          column: 30,
        },
      ],
    },
  });
});

test('without files, a name alone shows what runs under it', async () => {
  const { stdout } = await page([], { globals: ['-p', 'other'] });
  expect(stdout).toMatch(/Containers\n {2}ok {7}project "other" has no containers yet\n/);
});
