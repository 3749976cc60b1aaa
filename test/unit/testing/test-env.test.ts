import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.js';
import { ownLabel } from '../../../src/model/labels.js';
import { EngineError } from '../../../src/problems/errors.js';
import {
  createMemoryEngine,
  type MemoryProgram,
  type TestEngine,
  type TestEnvOptions,
  testEnv,
} from '../../../src/testing/index.js';

const text = `
services:
  web:
    image: busybox
    container_name: shop-web
    ports: ["8080:80"]
    volumes: ["data:/data"]
    depends_on: { migrate: { condition: service_completed_successfully } }
  migrate: { image: busybox, restart: "no" }
volumes:
  data: { name: shop-data }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-testing-'));
  await writeFile(join(folder, 'compose.yaml'), text);
});
afterAll(() => rm(folder, { recursive: true }));

const usual: Readonly<Record<string, MemoryProgram>> = {
  migrate: { exitCode: 0, output: [{ stream: 'stdout', text: 'migrated' }] },
  web: { output: [{ stream: 'stdout', text: 'listening' }] },
};

function engineWith(programs: Readonly<Record<string, MemoryProgram>> = {}): TestEngine {
  return createMemoryEngine({
    images: ['busybox'],
    program: ({ service }) => ({ ...usual, ...programs })[service] ?? {},
  });
}

/** A stack of the file on an engine in memory, in a home of its own. */
function open(engine: Engine, options: TestEnvOptions = {}) {
  return testEnv('compose.yaml', {
    cwd: folder,
    engine,
    ...options,
    environment: { HOME: folder, XDG_STATE_HOME: undefined, ...options.environment },
  });
}

/** Names of all that an engine has. */
async function namesOn(engine: Engine, project: string): Promise<string[]> {
  const found = await Promise.all([
    engine.looks.listAllContainers(),
    engine.listNetworks(project),
    engine.listVolumes(project),
  ]);
  return found.flat().map(({ name }) => name);
}

test('a stack is ready when it is given, and nothing is left of it after its block', async () => {
  const engine = engineWith();
  let during: unknown;
  let name = '';
  {
    await using env = await open(engine);
    name = env.name;
    const { exitCode, output } = await env.job('migrate').result;
    const [web] = await env.service('web').containers();
    during = [exitCode, output, web?.state];
  }
  expect([during, await namesOn(engine, name)]).toEqual([[0, 'migrated\n', 'running'], []]);
});

test('ten stacks of one file run at once, with ports, containers and volumes of their own', async () => {
  const engine = engineWith();
  const envs = await Promise.all(Array.from({ length: 10 }, () => open(engine)));
  const addresses = await Promise.all(
    envs.map(async (env) => (await env.service('web').endpoint(80)).address),
  );
  const names = await Promise.all(envs.map(({ name }) => engine.listVolumes(name)));
  const kinds = [envs.map(({ name }) => name), addresses, names.flat().map(({ name }) => name)];
  await Promise.all(envs.map((env) => env.dispose()));
  expect([kinds.map((all) => new Set(all).size), await engine.looks.listAllContainers()]).toEqual([
    [10, 10, 10],
    [],
  ]);
});

test('a fixed host port is replaced by one that the system does not give away', async () => {
  await using env = await open(engineWith());
  const { port } = await env.service('web').endpoint(80);
  expect([port === 8080, port >= 10_000]).toEqual([false, true]);
});

test('a port that somebody else takes meanwhile is replaced by another', async () => {
  const engine = engineWith();
  const start = engine.startContainer.bind(engine);
  const tried: (string | undefined)[] = [];
  engine.startContainer = async (id, signal) => {
    const { service } = await engine.inspectContainer(id);
    const port = service.ports[0]?.published;
    if (port !== undefined) tried.push(port);
    if (port !== undefined && tried.length === 1)
      throw new EngineError('port-taken', `port ${port}: in use`, { operation: 'start container' });
    return start(id, signal);
  };
  await using env = await open(engine);
  const { port } = await env.service('web').endpoint(80);
  expect([new Set(tried).size, tried.at(-1)]).toEqual([2, `${port}`]);
});

test('everything that is made says that it is of a test, and whose', async () => {
  const engine = engineWith();
  await using env = await open(engine);
  const found = await Promise.all([
    engine.listContainers(env.name),
    engine.listNetworks(env.name),
    engine.listVolumes(env.name),
  ]);
  const marks = found.flat().map(({ labels }) => JSON.parse(labels.get(ownLabel.test) ?? ''));
  expect(marks.map(({ stay, owner }) => `${stay} ${owner.pid}`)).toEqual(
    Array.from({ length: 4 }, () => `own ${process.pid}`),
  );
});

test('a start that fails throws what the services have written, and leaves nothing', async () => {
  const engine = engineWith({
    migrate: { exitCode: 3, output: [{ stream: 'stderr', text: 'no password' }] },
  });
  const error = (await open(engine).catch((thrown: unknown) => thrown)) as Error;
  expect([error.name, error.message.split('\n').slice(-2), await engine.looks.listAllContainers()]).toEqual([
    'TestEnvError',
    [expect.stringMatching(/^── migrate \(.*exited 3\) ──$/), 'no password'],
    [],
  ]);
});

test('what is not ready in time is said, and leaves nothing', async () => {
  const engine = createMemoryEngine({ images: ['busybox'] });
  const error = (await open(engine, { timeoutMs: 50 }).catch((thrown: unknown) => thrown)) as Error;
  expect([error.name, error.message.split('\n')[0], await engine.looks.listAllContainers()]).toEqual([
    'TestEnvError',
    expect.stringMatching(/^not ready in time: /),
    [],
  ]);
});

test('an aborted start rejects with a CancelledError, and leaves nothing', async () => {
  const engine = engineWith();
  const abort = new AbortController();
  const onEvent: TestEnvOptions['onEvent'] = ({ kind }) => kind === 'step-done' && abort.abort();
  const error = await open(engine, { signal: abort.signal, onEvent }).catch((thrown: unknown) => thrown);
  expect([(error as Error).name, await engine.looks.listAllContainers()]).toEqual(['CancelledError', []]);
});

test('the variables of a stack are those of the process and those that are given', async () => {
  await writeFile(
    join(folder, 'variables.yaml'),
    'services: { a: { image: busybox, environment: { GIVEN: "${GIVEN}", OF_PROCESS: "${PATH}" } } }',
  );
  await using env = await testEnv('variables.yaml', {
    cwd: folder,
    engine: engineWith(),
    environment: { GIVEN: 'yes', HOME: folder },
  });
  expect([...(env.project.model.services.get('a')?.environment ?? [])]).toEqual([
    ['GIVEN', 'yes'],
    ['OF_PROCESS', process.env.PATH],
  ]);
});

test('a definition stands for a file: its texts are what they are, and its services have types', async () => {
  const engine = engineWith();
  const definition = {
    services: { db: { image: 'busybox', command: ['echo', '$HOME'], ports: ['5432:5432'] } },
  };
  await using env = await testEnv(definition, { cwd: folder, engine, environment: { HOME: folder } });
  // @ts-expect-error: there is no such service.
  expect(() => env.service('bd')).toThrow(expect.objectContaining({ hint: 'did you mean "db"?' }));
  const { command } = env.project.model.services.get('db') ?? {};
  expect([command, (await env.service('db').endpoint(5432)).host]).toEqual([['echo', '$HOME'], '127.0.0.1']);
});

test('logs are shown container by container, each with its state', async () => {
  const engine = engineWith();
  await using env = await open(engine);
  let shown = '';
  await env.dumpLogs({ services: ['web'], sink: (piece) => (shown += piece) });
  expect(shown).toMatch(/^── web \(shop-web--test[0-9a-f]{8}, running\) ──\nlistening\n$/);
});

test.each([
  ['always', 'passed', true],
  ['on-failure', 'passed', false],
  ['on-failure', 'failed', true],
  ['never', 'failed', false],
] as const)('with logs %s, those of a test that has %s are shown: %s', async (logs, outcome, isShown) => {
  const shown: string[] = [];
  const env = await open(engineWith(), { logs, logSink: (piece) => shown.push(piece) });
  await env.dispose(outcome);
  expect(shown.join('').includes('listening')).toBe(isShown);
});

test('an end is one, however often it is asked for', async () => {
  const ends: string[] = [];
  const onEvent: TestEnvOptions['onEvent'] = ({ kind }) => kind === 'plan-ended' && ends.push(kind);
  const env = await open(engineWith(), { onEvent });
  ends.length = 0;
  await Promise.all([env.dispose(), env[Symbol.asyncDispose](), env.dispose('failed')]);
  expect(ends).toEqual(['plan-ended']);
});
