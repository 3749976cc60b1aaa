// How long it takes from a save to the file in the container, and how watching begins in a large repository.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { shortNumber, spreadOf, table } from '../harness.mjs';
import { RawEngine } from '../raw-engine.mjs';

export const title = 'watch: from a save to the container';

const saves = Number(process.env.BENCH_SAVES ?? 20);
const bursts = Number(process.env.BENCH_ROUNDS ?? 5);
const burstFiles = 1000;
const oneFile = 'one file';
const manyFiles = `${burstFiles} files`;
const ignoredDirectories = 2000;
const filesInEach = 100;
const lookEveryMs = 2;
const patienceMs = 60_000;

const compose = (project) => `name: ${project}
services:
  web:
    image: busybox:latest
    init: true
    command: [sleep, "3600"]
    stop_grace_period: 1s
    develop:
      watch:
        - {action: sync, path: ./src, target: /app, ignore: [node_modules/]}
`;

/** @param {{ours: string[], dockerCompose?: string, workDir: string, say(line: string): void}} context */
export async function run({ ours, dockerCompose, workDir, say }) {
  const tools = [{ name: 'tscompose', argv: ours }];
  if (dockerCompose !== undefined) tools.push({ name: 'docker compose', argv: [dockerCompose] });
  const stacks = tools.map((tool, index) => {
    const folder = realpathSync(mkdtemp(workDir, index));
    return new WatchedStack(tool, folder, `bench-watch-${index}-${process.pid}`);
  });
  say(`  ${saves} saves, ${bursts} times ${burstFiles} files`);
  const measured = await alternating(stacks);
  const cases = [oneFile, manyFiles].map((what) => ({
    what,
    goal: what === oneFile ? 0.5 : 0.7,
    results: measured.map(({ name, times }) => ({
      name,
      wallMs: spreadOf(times[what]),
      p95Ms: p95(times[what]),
    })),
  }));
  say(`  ${ignoredDirectories * filesInEach} files in node_modules`);
  const start = await largeRepository(tools, realpathSync(mkdtemp(workDir, 'large')));
  return [
    ...cases,
    { what: `start beside ${ignoredDirectories * filesInEach} ignored files`, goal: null, results: start },
  ];
}

function mkdtemp(workDir, name) {
  const path = join(workDir, `watch-${name}`);
  mkdirSync(join(path, 'src'), { recursive: true });
  return path;
}

function p95(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.95) - 1)];
}

/** One project that one tool watches. */
class WatchedStack {
  #tool;
  #folder;
  #project;
  #process;
  #root;

  constructor(tool, folder, project) {
    this.#tool = tool;
    this.#folder = folder;
    this.#project = project;
    writeFileSync(join(folder, 'compose.yaml'), compose(project));
  }

  async begin() {
    for (let index = 0; index < burstFiles; index++) this.#write(index, 'begin');
    this.#write('one', 'begin');
    this.#must('up', '-d');
    await this.start();
    this.#root = await containerRoot(`${this.#project}-web-1`);
  }

  get name() {
    return this.#tool.name;
  }

  async end() {
    await this.stop();
    this.#must('down', '-t', '0');
  }

  /** Gives the milliseconds to "Watch enabled". */
  async start() {
    const startedAt = performance.now();
    const [program, ...args] = [...this.#tool.argv, 'watch', '--no-up'];
    this.#process = spawn(program, args, { cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] });
    await new Promise((resolve, reject) => {
      let text = '';
      const onData = (chunk) => {
        text += chunk;
        if (/watch enabled/i.test(text)) resolve();
      };
      this.#process.stdout.on('data', onData);
      this.#process.stderr.on('data', onData);
      this.#process.on('exit', () => reject(new Error(`${this.#tool.name} watch ended: ${text}`)));
    });
    return performance.now() - startedAt;
  }

  /** Watches that the system holds for the process. */
  watchCount() {
    const folder = `/proc/${this.#process.pid}/fdinfo`;
    const texts = readdirSync(folder).map((fd) => readOrNothing(join(folder, fd)));
    return texts.reduce((count, text) => count + (text.match(/^inotify /gm) ?? []).length, 0);
  }

  async stop() {
    if (this.#process === undefined || this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.removeAllListeners('exit');
    this.#process.once('exit', () => {});
    const gone = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.kill('SIGINT');
    await Promise.race([ended, gone]);
  }

  /** Gives the milliseconds until all of it is in the container. */
  async save(names, round) {
    // Whatever the save before has caused is over by then.
    await rest(1000);
    const text = `round ${round} ${process.hrtime.bigint()}`;
    const startedAt = performance.now();
    for (const name of names) this.#write(name, text);
    for (const name of names) await visible(join(this.#root, 'app', `file-${name}`), text);
    return performance.now() - startedAt;
  }

  #write(name, text) {
    writeFileSync(join(this.#folder, 'src', `file-${name}`), text);
  }

  #must(...args) {
    const [program, ...first] = this.#tool.argv;
    const { status, stderr } = spawnSync(program, [...first, ...args], {
      cwd: this.#folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${this.#tool.name} ${args.join(' ')}: ${stderr}`);
  }
}

/** Tool by tool in each round, so that whatever else the machine does hits all alike. */
async function alternating(stacks) {
  const measured = stacks.map((stack) => ({
    name: stack.name,
    stack,
    times: { [oneFile]: [], [manyFiles]: [] },
  }));
  const all = Array.from({ length: burstFiles }, (_, index) => index);
  try {
    for (const stack of stacks) await stack.begin();
    for (const [what, names, rounds] of [
      [oneFile, ['one'], saves],
      [manyFiles, all, bursts],
    ]) {
      // The first save goes unmeasured: it opens connections.
      for (let round = -1; round < rounds; round++) {
        for (const { stack, times } of round % 2 === 0 ? measured : measured.toReversed()) {
          const ms = await stack.save(names, round);
          if (round >= 0) times[what].push(ms);
        }
      }
    }
  } finally {
    for (const stack of stacks) await stack.end();
  }
  return measured;
}

/** The files of a running container as this machine sees them: to ask the engine would take as long as what is measured. */
async function containerRoot(name) {
  const engine = new RawEngine();
  try {
    const { State } = await engine.call('GET', `/containers/${name}/json`);
    return `/proc/${State.Pid}/root`;
  } finally {
    engine.close();
  }
}

async function visible(path, text) {
  const giveUpAt = performance.now() + patienceMs;
  while (readOrNothing(path) !== text) {
    if (performance.now() > giveUpAt) throw new Error(`${path} did not become what was saved`);
    await rest(lookEveryMs);
  }
}

function readOrNothing(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function largeRepository(tools, folder) {
  for (let directory = 0; directory < ignoredDirectories; directory++) {
    const path = join(folder, 'src/node_modules', `package-${directory}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < filesInEach; file++) writeFileSync(join(path, `file-${file}.js`), '');
  }
  for (let directory = 0; directory < 50; directory++) {
    mkdirSync(join(folder, 'src', `module-${directory}`));
    for (let file = 0; file < 20; file++)
      writeFileSync(join(folder, 'src', `module-${directory}`, `${file}.ts`), '');
  }
  const results = [];
  for (const [index, tool] of tools.entries()) {
    const times = [];
    let watches = 0;
    for (let round = 0; round < bursts; round++) {
      const stack = new WatchedStack(tool, folder, `bench-large-${index}-${process.pid}`);
      times.push(await stack.start());
      // docker compose says so before it watches all.
      await rest(2000);
      watches = stack.watchCount();
      await stack.stop();
    }
    results.push({ name: tool.name, wallMs: spreadOf(times), p95Ms: p95(times), watches });
  }
  return results;
}

/** What `run` found, for the eye. */
export function format(cases) {
  const rows = cases.flatMap(({ what, goal, results }) => {
    const reference = results.find(({ name }) => name === 'docker compose');
    return results.map(({ name, wallMs, p95Ms, watches }) => [
      what,
      name,
      ...[wallMs.median, p95Ms, wallMs.max].map(shortNumber),
      reference === undefined ? '-' : (wallMs.median / reference.wallMs.median).toFixed(2),
      name === 'tscompose' ? String(goal ?? '') : '',
      watches === undefined ? '' : String(watches),
    ]);
  });
  return table([['what', 'who', 'median ms', 'p95', 'max', 'ratio', 'goal', 'watches'], ...rows]);
}
