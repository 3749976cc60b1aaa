import { Readable } from 'node:stream';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { nodeBuildPlaces } from '../../../src/host/build-places.js';
import { fakePrograms, isMetadataCall, says } from '../fake-programs.js';
import { type ErrorCase, plainEngine } from './error-case.js';
import { faultyEngine } from './faulty-engine.js';

const services = (text: string) => ({ 'compose.yaml': `name: app\nservices:\n${text}` });
const gated = services(`  db:
    image: busybox
    healthcheck:
      test: [CMD, pg_isready]
  web:
    image: busybox
    depends_on:
      db:
        condition: service_healthy
`);
const provided = services('  db:\n    provider:\n      type: cloud\n      options: {size: 10}\n');

/** Steps that fail while a plan is carried out, and what ends it otherwise. */
export const applyErrors: readonly ErrorCase[] = [
  {
    code: 'apply/failed',
    title: 'when several services fail, each is told with its own code, line and remedy',
    files: services(`  db:
    image: busybox
    container_name: front
  web:
    image: busybox
    ports:
      - "8080:80"
  job:
    image: registry.test/job:1
  fine:
    image: busybox
`),
    before: [
      {
        command: '-p other up -d',
        files: services('  web: {image: busybox, container_name: front, ports: ["8080:80"]}\n'),
      },
    ],
    command: 'up -d',
  },
  {
    code: 'apply/failed',
    title: 'programs get all of it in one document',
    files: services('  db:\n    image: registry.test/db:1\n  web:\n    image: registry.test/web:1\n'),
    command: '--progress json up -d',
    shown: 'last-document',
  },
  {
    code: 'apply/dependency-failed',
    title: 'a dependency that is not healthy is told with its probes and the end of its log',
    files: gated,
    engine: () =>
      new MemoryEngine({
        images: ['busybox'],
        program: ({ service }) =>
          service.name === 'db'
            ? { health: 'unhealthy', output: [{ stream: 'stderr', text: 'no space left on device' }] }
            : {},
      }),
    command: 'up -d',
  },
  {
    code: 'apply/dependency-failed',
    title: 'a dependency that has ended is told with its exit code and the end of its log',
    files: services(`  seed:
    image: busybox
  web:
    image: busybox
    depends_on:
      seed:
        condition: service_completed_successfully
`),
    engine: () =>
      new MemoryEngine({
        images: ['busybox'],
        program: ({ service }) =>
          service.name === 'seed'
            ? { exitCode: 1, output: [{ stream: 'stderr', text: 'no such table: users' }] }
            : {},
      }),
    command: 'up -d',
  },
  {
    code: 'apply/provider-failed',
    title: 'a provider that is not there is told with where it would be looked for',
    files: provided,
    command: 'up -d',
  },
  {
    code: 'apply/provider-failed',
    title: 'a provider that fails is told in its own words',
    files: provided,
    command: 'up -d',
    io: async () => ({
      programs: fakePrograms((call) =>
        isMetadataCall(call)
          ? {}
          : { lines: [says('error', 'the quota is used up')], errorLines: ['quota: 10 of 10'], exitCode: 1 },
      ),
    }),
  },
  {
    code: 'apply/hook-failed',
    title: 'a hook that fails is told with its command and the end of what it printed',
    files: services('  web:\n    image: busybox\n    post_start:\n      - command: [./warm-up.sh, --all]\n'),
    engine: () =>
      new MemoryEngine({
        images: ['busybox'],
        program: () => ({ hook: () => ({ exitCode: 2, output: 'cannot reach db\n' }) }),
      }),
    command: 'up -d',
  },
  {
    code: 'apply/hook-failed',
    title: 'a step before the start that fails keeps its container for a look at it',
    files: services('  web:\n    image: busybox\n    pre_start:\n      - command: [./migrate.sh]\n'),
    engine: () => new MemoryEngine({ images: ['busybox'], program: () => ({ exitCode: 2 }) }),
    command: 'up -d',
  },
  {
    code: 'build/unreadable',
    title: 'a context that is not there is told with its line before anything is built',
    files: services('  web:\n    build: ./wbe\n'),
    command: 'build',
    io: async (io) => ({ buildPlaces: nodeBuildPlaces({ ...io, stdin: Readable.from([]) }) }),
  },
  {
    code: 'cancelled',
    title: 'who ends it knows that they did, and needs no more words',
    files: services('  web:\n    image: busybox\n'),
    command: 'up -d',
    io: async (io, engine) => ({
      connect: async () =>
        faultyEngine(engine, {
          createContainer: () => {
            io.interrupt();
            return undefined;
          },
        }),
    }),
  },
  {
    code: 'internal',
    title: 'a defect of ours says that it is one, and how to see more of it',
    files: services('  web:\n    image: busybox\n'),
    engine: () => faultyEngine(plainEngine(), { listContainers: () => new TypeError('x is not iterable') }),
    command: 'ps',
  },
];
