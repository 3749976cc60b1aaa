import { describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';
import type { MemoryFiles } from '../../support/memory-load-io.js';

/** Runs a command line in a world of its own. */
async function run(line: string, world: Partial<MemoryFiles> = {}) {
  const io = fakeCliIo(world);
  const exitCode = await main(line === '' ? [] : line.split(' '), io);
  return { exitCode, ...io.written };
}

const nowhere = { DOCKER_HOST: 'unix:///nonexistent.sock' };
const oneService = { 'compose.yaml': 'services: { web: { image: busybox } }\n' };

describe('help', () => {
  test('is on standard output, and no failure', async () => {
    const { exitCode, stdout, stderr } = await run('--help');
    expect({ exitCode, isHelp: stdout.startsWith('Usage: tscompose'), stderr }).toEqual({
      exitCode: 0,
      isHelp: true,
      stderr: '',
    });
  });

  test('has no word on defaults that are empty', async () => {
    expect((await run('--help')).stdout).not.toMatch('default:');
  });

  test('of a command names its flags', async () => {
    expect((await run('up --help')).stdout).toMatch('--force-recreate');
  });

  test('without a command is on standard error, and a failure', async () => {
    const { exitCode, stdout, stderr } = await run('');
    expect({ exitCode, stdout, isHelp: stderr.startsWith('Usage: tscompose') }).toEqual({
      exitCode: 1,
      stdout: '',
      isHelp: true,
    });
  });
});

describe('a wrong command line ends with exit code 1 and says what is wrong', () => {
  test.each([
    ['upp', "error: unknown command 'upp'\n(Did you mean up?)\n"],
    ['up --dettach', "error: unknown option '--dettach'\n(Did you mean --detach?)\n"],
    [
      'up --scale web',
      `error: option '--scale <service=number>' argument 'web' is invalid. invalid --scale option "web". Should be SERVICE=NUM\n`,
    ],
    [
      'up --force-recreate --no-recreate',
      'usage/invalid   --force-recreate and --no-recreate are incompatible\n',
    ],
    ['up -V --no-recreate', 'usage/invalid   --no-recreate and --renew-anon-volumes are incompatible\n'],
    [
      'up -d --abort-on-container-exit',
      'usage/invalid   --detach cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch\n',
    ],
    [
      'up --wait --attach web',
      'usage/invalid   --wait cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch\n',
    ],
    [
      'up --attach web --attach-dependencies',
      'usage/invalid   cannot combine --attach and --attach-dependencies\n',
    ],
    ['up --build --no-build', 'usage/invalid   --build and --no-build are incompatible\n'],
    ['version --format xml', 'usage/invalid   unsupported format "xml"\n  hint: there are pretty and json\n'],
    [
      '--parallel many version',
      "error: option '--parallel <number>' argument 'many' is invalid. must be a whole number\n",
    ],
  ])('%s', async (line, stderr) => {
    expect(await run(line, { files: oneService })).toEqual({ exitCode: 1, stdout: '', stderr });
  });
});

test('COMPOSE_PARALLEL_LIMIT must be a number, and --parallel wins over it', async () => {
  const world = { files: oneService, environment: { COMPOSE_PARALLEL_LIMIT: 'many' } };
  const [wrong, overruled] = [await run('config -q', world), await run('--parallel -1 config -q', world)];
  expect([wrong, overruled]).toEqual([
    {
      exitCode: 1,
      stdout: '',
      stderr: 'usage/invalid   COMPOSE_PARALLEL_LIMIT must be an integer (found: "many")\n',
    },
    { exitCode: 0, stdout: '', stderr: '' },
  ]);
});

describe('an engine that is not there', () => {
  test.each(['up -d', 'down', 'ps', 'logs', 'plan'])('fails %s with exit code 1', async (line) => {
    expect(await run(line, { files: oneService, environment: nowhere })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `engine/unreachable   no container engine answers: cannot reach the engine at unix:///nonexistent.sock: connect ENOENT /nonexistent.sock
  hint: DOCKER_HOST says where to look; is that engine running?
`,
    });
  });

  test('is of no interest to config and version', async () => {
    const world = { files: oneService, environment: nowhere };
    expect([
      (await run('config --services', world)).stdout,
      (await run('version --short', world)).exitCode,
    ]).toEqual(['web\n', 0]);
  });
});

test('all problems of the files are told at once, each with its place', async () => {
  const files = {
    'compose.yaml': 'services:\n  web: { imge: busybox }\n  api: { image: busybox, ports: 80 }\n',
  };
  const { exitCode, stderr } = await run('up -d', { files });
  expect({ exitCode, places: stderr.match(/^compose\.yaml:\d+:\d+ {2}\S+/gm) }).toEqual({
    exitCode: 1,
    places: ['compose.yaml:2:10  config/unknown-key', 'compose.yaml:3:33  config/wrong-type'],
  });
});

test('progress that is drawn over excludes output without control codes', async () => {
  const { exitCode, stderr } = await run('--progress tty --ansi never up -d');
  expect([exitCode, stderr]).toEqual([
    1,
    "usage/invalid   can't use --progress tty while ANSI support is disabled\n",
  ]);
});

test('with --progress json a failure is a JSON document too', async () => {
  const { stderr } = await run('--progress json up -d');
  expect(JSON.parse(stderr)).toMatchObject({ error: true });
});

describe('COMPOSE_ variables of .env set up the program too', () => {
  test('how progress and failures are told', async () => {
    const { stderr } = await run('up -d', { files: { '.env': 'COMPOSE_PROGRESS=json' } });
    expect(JSON.parse(stderr)).toMatchObject({ error: true });
  });

  test('what becomes of orphans', async () => {
    const files = { ...oneService, '.env': 'COMPOSE_IGNORE_ORPHANS=true' };
    expect((await run('up --remove-orphans', { files })).stderr).toBe(
      'usage/invalid   cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans\n',
    );
  });

  test('but the process wins', async () => {
    const files = { ...oneService, '.env': 'COMPOSE_IGNORE_ORPHANS=true' };
    const environment = { ...nowhere, COMPOSE_IGNORE_ORPHANS: '0' };
    expect((await run('up --remove-orphans', { files, environment })).stderr).toMatch('engine/unreachable');
  });

  test('and a bad .env is told once, by the load', async () => {
    const { stderr } = await run('up -d', { files: { ...oneService, '.env': 'A B' } });
    expect(stderr.match(/config\/env-file/g)).toEqual(['config/env-file']);
  });
});

test.each(['--version', '-v', 'version'])('%s says which version this is', async (line) => {
  const { exitCode, stdout } = await run(line);
  expect({ exitCode, stdout }).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(/^tscompose version \S+\n$/),
  });
});
