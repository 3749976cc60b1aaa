import { generateKeyPairSync } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { mustRun } from '../../../scripts/setup/run-command.mjs';
import { scenario } from '../../support/scenario.js';
import type { Outcome, Stack } from '../../support/scenario-stack.js';

// What somebody has who was given the one file. TSCOMPOSE_TEST_CLI names it for all of a scenario.

const buildLimitMs = 240_000;
let folder: string;
let before: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-executable-'));
  const executable = join(folder, 'tscompose');
  const script = resolve(import.meta.dirname, '../../../scripts/executable/main.mjs');
  await mustRun([process.execPath, script, '--out', executable]);
  before = process.env.TSCOMPOSE_TEST_CLI;
  process.env.TSCOMPOSE_TEST_CLI = executable;
}, buildLimitMs);

afterAll(() => {
  if (before === undefined) delete process.env.TSCOMPOSE_TEST_CLI;
  else process.env.TSCOMPOSE_TEST_CLI = before;
  rmSync(folder, { recursive: true, force: true });
});

/** Runs it where no program can be found, and where every other Node would fail. */
function alone(stack: Stack, ...args: string[]): Promise<Outcome> {
  const state = { XDG_STATE_HOME: join(stack.folder, 'state'), XDG_CACHE_HOME: join(stack.folder, 'cache') };
  return stack.start(args, { ...state, PATH: '', NODE_OPTIONS: '--no-such-option' }).outcome;
}

const sleeper = 'image: busybox, command: sleep 600, init: true';

scenario('an executable tells its version and what is wrong with a command line', async (stack) => {
  const version = await alone(stack, 'version', '--short');
  const mistake = await alone(stack, 'up', '--no-such-flag');
  expect([version.exitCode, version.stdout, mistake]).toEqual([
    0,
    expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    { exitCode: 1, stdout: '', stderr: "error: unknown option '--no-such-flag'\n" },
  ]);
});

scenario('an --env-file is read by the executable, and not by the Node in it', async (stack) => {
  await stack.compose('services: {web: {image: "busybox:${TAG}"}}');
  await stack.write('test.env', 'TAG=one\n');
  const found = await alone(stack, '--env-file', 'test.env', 'config', '--images');
  const missing = await alone(stack, '--env-file', 'none.env', 'config', '--images');
  expect([found.stdout, missing.stderr]).toEqual([
    'busybox:one\n',
    "config/not-found   couldn't find env file: ./none.env\n",
  ]);
});

scenario('an executable brings a Compose file that is code up and down', async (stack) => {
  await stack.write('image.ts', "export const image: string = 'busybox';\n");
  await stack.write(
    'compose.ts',
    `import { defineCompose } from 'tscompose';
import { image } from './image';
export default defineCompose({ services: { web: { image, command: 'sleep 600', init: true } } });`,
  );
  const up = await alone(stack, 'up', '-d');
  const running = await alone(stack, 'ps', '--services');
  const inside = await alone(stack, 'exec', '-T', 'web', 'echo', 'hello');
  const down = await alone(stack, 'down', '-t', '0');
  expect({
    codes: [up, running, inside, down].map(({ exitCode }) => exitCode),
    said: [running.stdout, inside.stdout],
    left: await stack.resources(),
  }).toEqual({ codes: [0, 0, 0, 0], said: ['web\n', 'hello\n'], left: [] });
});

scenario('code finds all of the library in the executable that runs it', async (stack) => {
  await stack.write(
    'compose.ts',
    `import { defineCompose, loadProject } from 'tscompose';
const image = typeof loadProject === 'function' ? 'found' : 'missing';
export default defineCompose({ services: { web: { image } } });`,
  );
  expect((await alone(stack, 'config', '--images')).stdout).toBe('found\n');
});

scenario('an executable shows where code fails', async (stack) => {
  await stack.write(
    'compose.ts',
    `interface Wish { readonly image: string }
function wished(wish: Wish): string { throw new Error('no ' + wish.image); }
export default { services: { web: { image: wished({ image: 'busybox' }) } } };`,
  );
  expect((await alone(stack, 'config')).stderr).toMatch(/^compose\.ts:2:45 {2}config\/code/);
});

scenario('an executable keeps a project in the background', async (stack) => {
  await stack.compose(`{services: {web: {${sleeper}}}}`);
  const begun = await alone(stack, 'up', '-d', '--reconcile');
  try {
    await stack.engine.removeContainer((await stack.container('web-1')).id, { anonymousVolumes: 'remove' });
    await stack.eventually('it runs', async () => (await stack.states())['web-1'] === 'running');
  } finally {
    const stopped = await alone(stack, 'reconcile', '--stop');
    expect([begun.exitCode, stopped.exitCode]).toEqual([0, 0]);
  }
});

scenario('an executable forwards keys of ssh to builds', async (stack) => {
  const privateKeyEncoding = { type: 'pkcs1', format: 'pem' } as const;
  const publicKeyEncoding = { type: 'pkcs1', format: 'pem' } as const;
  const options = { modulusLength: 2048, privateKeyEncoding, publicKeyEncoding };
  await stack.write('key', generateKeyPairSync('rsa', options).privateKey);
  await stack.compose('services: {web: {build: {context: ., ssh: [default=./key]}}}');
  await stack.write('Dockerfile', 'FROM busybox\nRUN --mount=type=ssh test -S "$SSH_AUTH_SOCK"\n');
  expect((await alone(stack, 'build')).exitCode).toBe(0);
});
