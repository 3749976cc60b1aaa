import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryEngine, type TestEngine, type TestEnvOptions } from '../../../src/testing/index.js';
import { startEnv } from '../../../src/testing/start-env.js';
import { thisRunner } from '../../../src/testing/this-runner.js';
import { Watcher } from '../../../src/testing/watcher/watcher.js';

const hourMs = 3_600_000;

let folder = '';
let engine: TestEngine;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-kept-'));
  await compose('busybox');
  engine = createMemoryEngine({ images: ['busybox', 'busybox:next'] });
});
afterEach(() => rm(folder, { recursive: true }));

async function compose(image: string): Promise<void> {
  await writeFile(
    join(folder, 'compose.yaml'),
    `services: { web: { image: "${image}", ports: ["8080:80"] }, db: { image: busybox } }`,
  );
}

/** A stack of the file, as a process with this number has it. */
function open(options: TestEnvOptions, pid = process.pid) {
  const { isRunning } = thisRunner.processes;
  const runner = { ...thisRunner, environment: new Map([['HOME', folder]]), processes: { pid, isRunning } };
  return startEnv('compose.yaml', { cwd: folder, engine, ...options }, { runner, watcher });
}
/** Engines in memory are not watched. */
const watcher = new Watcher(thisRunner, '');

/** A number that no process has. */
const nobody = 2 ** 22 + 1;

async function containerIds(): Promise<string[]> {
  return (await engine.looks.listAllContainers()).map(({ id }) => id);
}

function rememberedStacks(): Promise<string[]> {
  return readdir(join(folder, '.local/state/tscompose/tests'));
}

test('those that share a stack have the same one, and the last takes it down', async () => {
  const envs = await Promise.all([open({ share: 'all' }), open({ share: 'all' }), open({ share: 'all' })]);
  const [first, second, third] = await Promise.all(
    envs.map(async (env) => [env.name, (await env.service('web').endpoint(80)).port]),
  );
  const counts = [(await containerIds()).length];
  for (const env of envs) {
    await env.dispose();
    counts.push((await containerIds()).length);
  }
  expect([second, third, counts, await rememberedStacks()]).toEqual([first, first, [2, 2, 2, 0], []]);
});

test('stacks that are shared under other names are others', async () => {
  await using one = await open({ share: 'one' });
  await using other = await open({ share: 'other' });
  expect(one.name === other.name).toBe(false);
});

test('who shares a stack and is gone keeps nobody from taking it down', async () => {
  await open({ share: 'all' }, nobody);
  const env = await open({ share: 'all' });
  await env.dispose();
  expect(await containerIds()).toEqual([]);
});

test('a stack that is reused stays, and is the same the next time, with its ports', async () => {
  const seen = [];
  for (let run = 0; run < 2; run += 1) {
    await using env = await open({ reuse: true });
    seen.push([await containerIds(), (await env.service('web').endpoint(80)).port]);
  }
  expect([seen[1], (await containerIds()).length]).toEqual([seen[0], 2]);
});

test('a job of a kept stack that has ended well is not run again', async () => {
  await writeFile(
    join(folder, 'compose.yaml'),
    'services: { a: { image: busybox, depends_on: { job: { condition: service_completed_successfully } } }, job: { image: busybox } }',
  );
  engine = createMemoryEngine({
    images: ['busybox'],
    program: ({ service }) =>
      service === 'job' ? { exitCode: 0, output: [{ stream: 'stdout', text: 'did it' }] } : {},
  });
  const outputs = [];
  for (const keep of [{ reuse: true }, { reuse: true }]) {
    await using env = await open(keep);
    outputs.push((await env.job('job').result).output);
  }
  expect(outputs).toEqual(['did it\n', 'did it\n']);
});

test('a stack that is reused is brought to what its files say now', async () => {
  await (await open({ reuse: true })).dispose();
  const before = await engine.looks.listAllContainers();
  await compose('busybox:next');
  await (await open({ reuse: true })).dispose();
  const after = await engine.looks.listAllContainers();
  expect(after.map(({ id, service }) => [service, before.some((each) => each.id === id)])).toEqual([
    ['db', true],
    ['web', false],
  ]);
});

test('a stack that is reused under another text is another one', async () => {
  const names = [];
  for (const reuse of [true, 'a', 'b']) names.push((await open({ reuse })).name);
  expect(new Set(names).size).toBe(3);
});

test('a stack cannot be shared and reused', async () => {
  await expect(open({ share: 'all', reuse: true })).rejects.toMatchObject({ code: 'usage/invalid' });
});

test('what a process has left that is gone is cleared by the next', async () => {
  const left = await open({}, nobody);
  const ids = await containerIds();
  await using env = await open({});
  const now = await containerIds();
  expect([ids.some((id) => now.includes(id)), now.length, env.name === left.name]).toEqual([false, 2, false]);
});

test('what a process has that is there stays', async () => {
  await using _one = await open({});
  await using _other = await open({});
  expect((await containerIds()).length).toBe(4);
});

test('a shared stack of nobody who is there is cleared by the next', async () => {
  await open({ share: 'all' }, nobody);
  await using _env = await open({});
  expect([(await containerIds()).length, await rememberedStacks()]).toEqual([2, []]);
});

test.each([
  [23, 4],
  [25, 2],
])(
  'a reused stack that has been idle for %i hours makes that there are %i containers',
  async (hours, count) => {
    const { name } = await open({ reuse: true });
    const [instance = ''] = await rememberedStacks();
    const then = (Date.now() - hours * hourMs) / 1000;
    await utimes(join(folder, '.local/state/tscompose/tests', instance, 'used'), then, then);
    await using _env = await open({});
    expect([(await containerIds()).length, name.endsWith(instance)]).toEqual([count, true]);
  },
);

test('what is known of a stack that was taken down by hand is forgotten after a month', async () => {
  await (await open({ reuse: true })).dispose();
  for (const { id } of await engine.looks.listAllContainers())
    await engine.removeContainer(id, { anonymousVolumes: 'remove' });
  const [instance = ''] = await rememberedStacks();
  const used = join(folder, '.local/state/tscompose/tests', instance, 'used');
  const counts = [];
  for (const days of [29, 31]) {
    const then = (Date.now() - days * 24 * hourMs) / 1000;
    await utimes(used, then, then);
    await (await open({})).dispose();
    counts.push((await rememberedStacks()).length);
  }
  expect(counts).toEqual([1, 0]);
});

test('a kept stack of another person is left alone', async () => {
  const home = await mkdtemp(join(tmpdir(), 'tscompose-other-'));
  const other = { environment: { HOME: home } };
  await (await open({ reuse: true, ...other })).dispose();
  await open({ share: 'all', ...other });
  await rm(home, { recursive: true });
  await using _env = await open({});
  expect((await containerIds()).length).toBe(6);
});
