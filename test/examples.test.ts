import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { askEngine } from '../scripts/setup/engine-api.mjs';
import { findEngine } from '../scripts/setup/ensure-engine.mjs';
import { pageText } from '../scripts/setup/page-text.mjs';
import { eventually } from './support/eventually.js';

// Each example does what its README says, through the built CLI, on a real engine.

const root = join(import.meta.dirname, '..');
const cli = join(root, 'dist/cli/bin.js');

interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One example, started under a project name of its own, so that nobody's running copy of it is touched. */
class Example {
  readonly project: string;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;

  constructor(folder: string, env: Readonly<Record<string, string>> = {}) {
    this.project = `example-${folder}-${process.pid}`;
    this.#folder = folder;
    this.#env = env;
    started.push(this);
  }

  async tscompose(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const options = {
      cwd: join(root, 'examples', this.#folder),
      env: { ...process.env, ...this.#env, ...env },
    };
    return new Promise((resolve) => {
      execFile(process.execPath, [cli, '-p', this.project, ...args], options, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ exitCode, stdout, stderr });
      });
    });
  }

  async must(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.tscompose(args);
    if (exitCode !== 0) throw new Error(`${args.join(' ')}: exit code ${exitCode}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** What a service has written, without the prefix of each line. */
  async linesOf(service: string): Promise<string[]> {
    const log = await this.must('logs', service);
    return log
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/^\S+\s+\| ?/, ''));
  }

  /** Container ids by service. */
  async containerIds(): Promise<Record<string, string>> {
    const filters = encodeURIComponent(
      JSON.stringify({ label: [`com.docker.compose.project=${this.project}`] }),
    );
    const { found } = await findEngine();
    const { body } = await askEngine(found, { path: `/containers/json?all=1&filters=${filters}` });
    const containers = JSON.parse(body) as { Id: string; Labels: Record<string, string> }[];
    return Object.fromEntries(
      containers.map(({ Id, Labels }) => [Labels['com.docker.compose.service'] ?? '', Id]),
    );
  }
}

const started: Example[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((example) => example.must('down', '-v', '-t', '1')));
});

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === 'object' ? address?.port : undefined);
}

/** The text behind a published port; a server that was just started may need a moment to listen. */
async function textAt(port: string): Promise<string> {
  return eventually(async () => {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    return response.ok ? response.text() : undefined;
  });
}

async function sign(port: string, entry: string): Promise<number> {
  const url = `http://127.0.0.1:${port}/cgi-bin/sign`;
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ entry }),
    redirect: 'manual',
  });
  return response.status;
}

test('hello: the page is on the port that the environment names', async () => {
  const port = await freePort();
  const hello = new Example('hello', { HELLO_PORT: port });
  await hello.must('up', '-d');
  expect(await textAt(port)).toBe('Hello from one service.\n');
});

test('typescript: services that a function makes run like any others, and plans point into the source', async () => {
  const port = await freePort();
  const typescript = new Example('typescript', { TYPESCRIPT_PORT: port });
  await typescript.must('up', '-d');
  const page = await textAt(port);
  const { stdout } = await typescript.tscompose(['plan'], { TYPESCRIPT_PORT: await freePort() });
  expect([page, /compose\.ts:\d+:\d+/.exec(stdout)?.[0]]).toEqual(['shard a\nshard b\n', 'compose.ts:17:7']);
});

test('builds: the image that another begins with is built first, and nothing twice', async () => {
  const port = await freePort();
  const builds = new Example('builds', { BUILDS_PORT: port });
  try {
    await builds.must('up', '-d');
    const page = await textAt(port);
    const { stderr } = await builds.tscompose(['up', '-d', '--build=stale']);
    const plan = await builds.tscompose(['plan'], { BUILDS_TITLE: 'Mine' });
    expect({
      page,
      isBuiltAgain: stderr.includes('Building'),
      isTold: plan.stdout.includes('arg TITLE changed'),
    }).toEqual({
      page: '# Built by tscompose\nThe first page.\nThe second page.\n',
      isBuiltAgain: false,
      isTold: true,
    });
  } finally {
    await builds.must('down', '--rmi', 'local', '-t', '1');
  }
});

test('guestbook: visits and entries outlive the containers', async () => {
  const port = await freePort();
  const guestbook = new Example('guestbook', { GUESTBOOK_PORT: port });
  await guestbook.must('up', '-d');
  const pages = [pageText(await textAt(port))];
  const answers = [await sign(port, '<b>Ann & Bob</b>'), await sign(port, '  ')];
  await guestbook.must('down');
  await guestbook.must('up', '-d');
  pages.push(pageText(await textAt(port)));

  const title = 'The tscompose guestbook';
  expect({ answers, pages }).toEqual({
    answers: [303, 400],
    pages: [
      [title, 'You are visitor number 1.', '- Nobody has signed yet.'],
      [title, 'You are visitor number 2.', '- <b>Ann & Bob</b>'],
    ],
  });
});

test('guestbook: a second `up -d` keeps every container, and a lost one comes back alone', async () => {
  const guestbook = new Example('guestbook', { GUESTBOOK_PORT: await freePort() });
  await guestbook.must('up', '-d');
  const first = await guestbook.containerIds();
  await guestbook.must('up', '-d');
  const second = await guestbook.containerIds();
  const { found } = await findEngine();
  await askEngine(found, { method: 'DELETE', path: `/containers/${second.api}?force=1` });
  await guestbook.must('up', '-d');
  const { api, ...others } = await guestbook.containerIds();

  expect(Object.keys(first).sort()).toEqual(['api', 'store', 'web']);
  expect(second).toEqual(first);
  expect({ ...others, api: first.api }).toEqual(first);
  expect(api).not.toBe(first.api);
});

test('guestbook: a new title would recreate the front alone, and `plan` says why', async () => {
  const guestbook = new Example('guestbook', { GUESTBOOK_PORT: await freePort() });
  await guestbook.must('up', '-d');
  const { exitCode, stdout } = await guestbook.tscompose(['plan'], { GUESTBOOK_TITLE: 'Our wedding' });

  const services = ['web', 'api', 'store'].filter((name) =>
    stdout.includes(`[recreate ${guestbook.project}-${name}-1]`),
  );
  expect({ exitCode, services, why: /TITLE.*Our wedding/.test(stdout) }).toEqual({
    exitCode: 2,
    services: ['web'],
    why: true,
  });
});

test('networks: services reach each other on the networks that they share and on no other', async () => {
  const networks = new Example('networks');
  await networks.must('up', '-d');
  const answersOf = (service: string, count: number) =>
    eventually(async () => {
      const lines = await networks.linesOf(service);
      return lines.length === count ? lines : undefined;
    });

  expect({
    front: await answersOf('ask-from-front', 4),
    back: await answersOf('ask-from-back', 4),
    alone: await answersOf('alone', 1),
    host: await answersOf('on-host', 1),
  }).toEqual({
    front: ['shop: reached', 'stock: reached', 'ledger: not reached', 'books: not reached'],
    back: ['shop: not reached', 'stock: reached', 'ledger: reached', 'books: reached'],
    alone: ['lo'],
    host: [hostname()],
  });
});

test('volumes: a named volume outlives `down`, and `down -v` removes it', async () => {
  const volumes = new Example('volumes');
  const firstLine = async () => (await volumes.linesOf('report'))[0];
  await volumes.must('up', '-d');
  const report = await volumes.linesOf('report');
  const reader = await eventually(async () => (await volumes.linesOf('reader'))[0]);
  await volumes.must('down');
  await volumes.must('up', '-d');
  const afterDown = await firstLine();
  await volumes.must('down', '-v');
  await volumes.must('up', '-d');

  expect({ report, reader, afterDown, afterDownWithVolumes: await firstLine() }).toEqual({
    report: [
      'named: start number 1',
      'bind: hello from this machine',
      'bind: is read-only',
      'anonymous: can be written',
      'tmpfs: 1 in memory',
    ],
    reader: '1 /history/starts',
    afterDown: 'named: start number 2',
    afterDownWithVolumes: 'named: start number 1',
  });
});

test("testing: tests of Node's own runner bring up what they need, and leave nothing", async () => {
  const folder = join(root, 'examples/testing');
  const { NODE_OPTIONS: _, ...env } = process.env;
  const outcome = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['--test', '--test-reporter=tap'], { cwd: folder, env }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  const { found } = await findEngine();
  const { body } = await askEngine(found, { path: '/containers/json?all=1' });
  const names = (JSON.parse(body) as { Names: string[] }[]).flatMap(({ Names }) => Names);
  const left = names.filter((name) => name.startsWith('/tscompose-testing--test'));
  const verdicts = outcome.split('\n').filter((line) => /^# (pass|fail) /.test(line));
  expect([verdicts, left]).toEqual([['# pass 3', '# fail 0'], []]);
}, 120_000);
