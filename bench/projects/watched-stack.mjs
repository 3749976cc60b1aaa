import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import { RawEngine } from '../engine/raw-engine.mjs';
import { timed } from '../measure/process.mjs';
import { memoryOf, readOrNothing, watchCount } from '../measure/running-process.mjs';
import { startedProcess } from '../measure/started-process.mjs';
import { commandOf } from '../tools.mjs';

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

/** One project that one tool watches. */
export class WatchedStack {
  #folder;
  #project;
  #file;
  #watcher;
  #root;

  /** @param {import('../tools.mjs').Tool} tool */
  constructor(tool, folder, project) {
    this.tool = tool;
    this.#folder = folder;
    this.#project = project;
    mkdirSync(join(folder, 'src'), { recursive: true });
    // Two stacks may share a folder.
    this.#file = join(folder, `${project}.yaml`);
    writeFileSync(this.#file, compose(project));
  }

  /** Brings the project up, with these files, and watches it. */
  async begin(names) {
    for (const name of names) this.#write(name, 'begin');
    await this.#run('up', '-d');
    await this.start();
    this.#root = await containerRoot(`${this.#project}-web-1`);
  }

  async end() {
    await this.stop();
    await this.#run('down', '-t', '0');
  }

  /** Gives the milliseconds to "Watch enabled". */
  async start() {
    this.#watcher = await startedProcess(this.#command('watch', '--no-up'), /watch enabled/i);
    return this.#watcher.readyMs;
  }

  /** What the system holds for the process that watches. */
  seen() {
    const { pid } = this.#watcher;
    return { watches: watchCount(pid), peakRssMiB: memoryOf(pid).peakRssMiB };
  }

  async stop() {
    await this.#watcher?.stop();
    this.#watcher = undefined;
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

  #command(...args) {
    return commandOf(this.tool, '-f', this.#file, ...args);
  }

  async #run(...args) {
    await timed(this.#command(...args));
  }
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
