import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as compose from '../../../src/compat/index.js';
import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';

const text = `
name: app
services:
  web:
    image: busybox
    ports: ["8080:80"]
  db: { image: busybox, volumes: [data:/data] }
volumes: { data: }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-compat-'));
  await writeFile(join(folder, 'compose.yaml'), text);
});
afterAll(() => rm(folder, { recursive: true }));

const programs: Readonly<Record<string, Program>> = {
  web: {
    output: [{ stream: 'stdout', text: 'listening' }],
    exec: async ({ command }, process) => {
      process.write('stdout', `ran ${command.join('|')}\n`);
      return command[0] === 'fail' ? 3 : 0;
    },
  },
};

/** Options for a project on an engine of its own, in a home of its own. */
function options(): compose.IDockerComposeOptions {
  const engine = new MemoryEngine({
    images: ['busybox'],
    program: (spec) => programs[spec.service.name] ?? {},
  });
  return { cwd: folder, env: { HOME: folder }, engine };
}

async function names(from: compose.IDockerComposeOptions): Promise<string[]> {
  return (await compose.ps(from)).data.services.map(({ name }) => name);
}

test('a project is brought up, listed and taken away, all on the connection that was given', async () => {
  const here = options();
  const { exitCode, truncated } = await compose.upAll(here);
  const running = await names(here);
  await compose.downOne('web', here);
  const left = await names(here);
  await compose.down(here);
  expect({ exitCode, truncated, running, left, end: await names(here) }).toEqual({
    exitCode: 0,
    truncated: { out: false, err: false },
    running: ['app-db-1', 'app-web-1'],
    left: ['app-db-1'],
    end: [],
  });
});

test('flags before and behind the command mean what they mean on the command line', async () => {
  const here = options();
  await compose.upOne('web', {
    ...here,
    composeOptions: [['-p', 'other']],
    commandOptions: [['--scale', 'web=1'], '--no-deps'],
  });
  expect(await names({ ...here, composeOptions: [['--project-name', 'other']] })).toEqual(['other-web-1']);
});

test.each([
  ['text', { configAsString: 'name: app\nservices: { only: { image: busybox } }' }],
  ['a value', { compose: { name: 'app', services: { only: { image: 'busybox' } } } }],
  [
    'a value, and not the text beside it',
    { compose: { name: 'app', services: { only: { image: 'busybox' } } }, configAsString: '!' },
  ],
])('a file can be given as %s', async (_, file) => {
  const { data } = await compose.configServices({ ...options(), ...file });
  expect(data).toEqual({ services: ['only'] });
});

test('the files of `config` count instead of those that would be found', async () => {
  await writeFile(join(folder, 'other.yaml'), 'name: app\nservices: { other: { image: busybox } }');
  const { data } = await compose.configServices({ ...options(), config: ['other.yaml'] });
  expect(data).toEqual({ services: ['other'] });
});

test('a command that fails rejects with an Error that has its result, its code and its cause', async () => {
  const error = await compose.upOne('wbe', options()).catch((thrown: unknown) => thrown);
  if (!(error instanceof compose.ComposeCommandError)) throw error;
  const { message, exitCode, out, err, truncated, code, cause } = error;
  expect({ message, exitCode, out, err, truncated, code, cause }).toEqual({
    message: 'up: usage/unknown-service   no such service: wbe\n  hint: did you mean "web"?',
    exitCode: 1,
    out: '',
    err: 'usage/unknown-service   no such service: wbe\n  hint: did you mean "web"?\n',
    truncated: { out: false, err: false },
    code: 'usage/unknown-service',
    cause: expect.objectContaining({ name: 'ConfigError' }),
  });
});

test('what is wrong with a file is told with its place', async () => {
  const broken = { ...options(), configAsString: 'services:\n  web: { image: 1 }\n' };
  await expect(compose.upAll(broken)).rejects.toMatchObject({
    message: expect.stringContaining(':2:'),
    cause: { name: 'ConfigError' },
  });
});

test('a flag that does not exist is told by its name', async () => {
  const wrong = { ...options(), commandOptions: ['--no-such-flag'] };
  await expect(compose.upAll(wrong)).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('--no-such-flag'),
  });
});

test('a program in a container gets its words one by one, and its exit code is that of the rejection', async () => {
  const here = options();
  await compose.upAll(here);
  const ended = await compose.exec('web', ['sh', '-c', 'two words'], here);
  const failed = await compose.exec('web', 'fail  now', here).catch((thrown: unknown) => thrown);
  expect([ended.out, failed]).toEqual([
    'ran sh|-c|two words\n',
    expect.objectContaining({ exitCode: 3, out: 'ran fail|now\n', message: 'exec: exit code 3' }),
  ]);
});

test('output is told piece by piece, also what is not kept', async () => {
  const here = options();
  await compose.upAll(here);
  const told: string[] = [];
  const result = await compose.logs('web', {
    ...here,
    maxOutputLength: 0,
    callback: (chunk, stream) => told.push(`${stream} ${chunk}`),
  });
  expect([told.join(''), result.out, result.truncated]).toEqual([
    expect.stringMatching(/^stdout web-1 .*listening\n$/),
    '',
    { out: true, err: false },
  ]);
});

test('with `log`, output goes to that of this process too', async () => {
  const shown = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { out } = await compose.configServices({ ...options(), log: true });
  const written = shown.mock.calls.map(([chunk]) => String(chunk)).join('');
  shown.mockRestore();
  expect([written, out]).toEqual(['db\nweb\n', 'db\nweb\n']);
});

test('logs that are followed end with the signal', async () => {
  const here = options();
  await compose.upAll(here);
  const abort = new AbortController();
  const following = compose.logs('web', {
    ...here,
    follow: true,
    signal: abort.signal,
    callback: () => abort.abort(),
  });
  const ended = await following.catch((thrown: unknown) => thrown);
  expect(ended).toMatchObject({
    message: 'logs: cancelled',
    exitCode: 130,
    code: 'cancelled',
    out: expect.stringContaining('listening'),
  });
});

test('a signal that was aborted before lets nothing begin', async () => {
  const here = options();
  await expect(compose.upAll({ ...here, signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'CancelledError',
  });
  expect(await names(here)).toEqual([]);
});

test.each([
  ['a program to start instead', () => compose.upAll({ executable: { standalone: true } })],
  ['a length that is none', () => compose.upAll({ maxOutputLength: -1 })],
  ['keeping a stack', () => compose.execCompose('reconcile', [])],
  ['keeping a stack after an up', () => compose.upAll({ commandOptions: ['--reconcile'] })],
])('%s is refused before anything is done', async (_, call) => {
  await expect(call()).rejects.toMatchObject({ name: 'UsageError', hint: expect.any(String) });
});

test('the default export has every function that has a name', () => {
  const { default: all, ComposeCommandError, ...named } = compose;
  expect(Object.keys(all).sort()).toEqual(Object.keys(named).sort());
});
