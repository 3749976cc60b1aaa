import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { askEngine } from '../../scripts/setup/engine-api.mjs';
import { findEngine } from '../../scripts/setup/ensure-engine.mjs';
import { connectEngine } from '../../src/engine/docker/connect.js';
import type { Engine } from '../../src/engine/engine.js';
import type { ObservedContainer } from '../../src/model/observed.js';
import { eventually } from './eventually.js';
import { type Outcome, type RunningCli, startCli } from './scenario-cli.js';
import { type CliInTerminal, startCliInTerminal, type TerminalStart } from './scenario-terminal.js';

export type { Outcome } from './scenario-cli.js';

/** One container as far as a recreation or a restart shows. */
export interface Run {
  readonly id: string;
  readonly startedAtMs: number | undefined;
}

/** A folder with a Compose file, and what the engine has for it. Texts show the project as `app` and the folder as `.`. */
export class Stack {
  readonly project: string;
  readonly folder: string;
  readonly engine: Engine;
  /** What was run and what came of it. */
  readonly transcript: (() => string)[] = [];
  readonly #volumes = new Set<string>();
  readonly #neighbours: Stack[] = [];
  readonly #commands: { signal: RunningCli['signal']; outcome: Promise<unknown> }[] = [];

  private constructor(project: string, folder: string, engine: Engine) {
    this.project = project;
    this.folder = folder;
    this.engine = engine;
  }

  static async open(): Promise<Stack> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'tscompose-scenario-')));
    const engine = await connectEngine({ environment: processEnvironment(), homeDir: homedir() });
    return new Stack(`app${randomBytes(5).toString('hex')}`, folder, engine);
  }

  async write(file: string, text: string): Promise<void> {
    const path = join(this.folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    this.transcript.push(() => `--- ${file}\n${text}`);
  }

  /** The Compose file. */
  compose(text: string): Promise<void> {
    return this.write('compose.yaml', text);
  }

  /** Starts the CLI in the folder. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}, input?: string | Uint8Array) {
    const cli = startCli(args, {
      cwd: this.folder,
      env: { COMPOSE_PROJECT_NAME: this.project, ...env },
      input,
      show: (text) => this.#show(text),
    });
    this.#commands.push(cli);
    this.transcript.push(() => `$ tscompose ${args.join(' ')}\n${cli.written()}`);
    return cli;
  }

  /** Starts the CLI in the folder, in a terminal. */
  inTerminal(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    more: Pick<TerminalStart, 'size' | 'onOutput'> = {},
  ): CliInTerminal {
    const cli = startCliInTerminal(args, {
      ...more,
      cwd: this.folder,
      env: { COMPOSE_PROJECT_NAME: this.project, ...env },
      show: (text) => this.#show(text),
    });
    this.#commands.push({ signal: () => cli.kill(), outcome: cli.outcome });
    this.transcript.push(() => `$ tscompose ${args.join(' ')} (in a terminal)\n${cli.screen()}\n`);
    return cli;
  }

  run(...args: string[]): Promise<Outcome> {
    return this.start(args).outcome;
  }

  /** Runs what must succeed, and gives its standard output. */
  async must(...args: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(...args);
    if (exitCode !== 0) {
      throw new Error(`tscompose ${args.join(' ')}: exit code ${exitCode}\n${stdout}${stderr}`);
    }
    return stdout;
  }

  async up(...args: string[]): Promise<void> {
    await this.must('up', '-d', ...args);
  }

  containers(): Promise<ObservedContainer[]> {
    return this.engine.listContainers(this.project);
  }

  /** `web-1`: by the name without the project. */
  async container(name: string): Promise<ObservedContainer> {
    const found = (await this.containers()).find((container) => this.#short(container.name) === name);
    if (found === undefined) throw new Error(`there is no container ${name}`);
    return found;
  }

  /** State of each container: `web-1` → `running`, `job-1` → `exited 3`. */
  async states(): Promise<Record<string, string>> {
    return Object.fromEntries(
      (await this.containers()).map(({ name, state, exitCode }) => [
        this.#short(name),
        state === 'exited' ? `exited ${exitCode}` : state,
      ]),
    );
  }

  /** Who runs since when: equal before and after when nothing was touched. */
  async runs(): Promise<Record<string, Run>> {
    const runs = await Promise.all(
      (await this.containers()).map(async ({ id, name }) => {
        const { startedAtMs } = await this.engine.inspectContainer(id);
        return [this.#short(name), { id, startedAtMs }] as const;
      }),
    );
    return Object.fromEntries(runs);
  }

  /** What a service has written, without prefixes. */
  async linesOf(service: string): Promise<string[]> {
    const log = await this.must('logs', '--no-log-prefix', service);
    return log.split('\n').filter((line) => line !== '');
  }

  /** Looks until the containers are as wanted. */
  async eventually(
    what: string,
    isSeen: (containers: readonly ObservedContainer[]) => Promise<boolean> | boolean,
  ): Promise<void> {
    await eventually(async () => ((await isSeen(await this.containers())) ? what : undefined));
  }

  /** Freezes a container behind our back. */
  async pause(name: string): Promise<void> {
    const { found } = await findEngine();
    const { id } = await this.container(name);
    const { status, body } = await askEngine(found, { method: 'POST', path: `/containers/${id}/pause` });
    if (status !== 204) throw new Error(`cannot pause ${name}: ${body}`);
  }

  /** Names of everything that the engine has for the project. */
  async resources(): Promise<string[]> {
    const found = await Promise.all([
      this.containers(),
      this.engine.listNetworks(this.project),
      this.engine.listVolumes(this.project),
    ]);
    return found.flat().map(({ name }) => this.#show(name));
  }

  /** Another project on the same engine, which goes when this one goes. */
  async neighbour(): Promise<Stack> {
    const stack = await Stack.open();
    this.#neighbours.push(stack);
    return stack;
  }

  /** A volume without our label, to be removed in the end. */
  alsoRemoveVolume(name: string): void {
    this.#volumes.add(name);
  }

  async close(): Promise<void> {
    for (const command of this.#commands) command.signal('SIGKILL');
    await Promise.all(this.#commands.map(({ outcome }) => outcome));
    try {
      await this.#removeAll();
      await Promise.all(this.#neighbours.map((stack) => stack.close()));
    } finally {
      this.engine.close();
      await rm(this.folder, { recursive: true, force: true });
    }
  }

  async #removeAll(): Promise<void> {
    const containers = await this.containers();
    const anonymous = containers
      .flatMap(({ mounts }) => mounts.map(({ volumeName }) => volumeName ?? ''))
      .filter((name) => /^[0-9a-f]{64}$/.test(name));
    await Promise.all(
      containers.map(({ id }) => this.engine.removeContainer(id, { anonymousVolumes: 'remove' })),
    );
    const networks = await this.engine.listNetworks(this.project);
    await Promise.all(networks.map(({ id }) => this.engine.removeNetwork(id)));
    const labelled = (await this.engine.listVolumes(this.project)).map(({ name }) => name);
    const volumes = new Set([...labelled, ...anonymous, ...this.#volumes]);
    await Promise.all([...volumes].map((name) => this.engine.removeVolume(name).catch(() => undefined)));
    const images = await this.engine.images.listOf(this.project);
    const names = images.flatMap(({ id, references }) => (references.length === 0 ? [id] : references));
    await Promise.all(names.map((name) => this.engine.images.remove(name).catch(() => undefined)));
  }

  #short(name: string): string {
    return name.replace(`${this.project}-`, '');
  }

  #show(text: string): string {
    const own = text.replaceAll(this.project, 'app').replaceAll(this.folder, '.');
    return this.#neighbours.reduce((shown, { project }) => shown.replaceAll(project, 'other'), own);
  }
}

/** Names of the containers that are new, gone or started anew. */
export function touched(
  before: Readonly<Record<string, Run>>,
  after: Readonly<Record<string, Run>>,
): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => {
      const [old, now] = [before[name], after[name]];
      return old?.id !== now?.id || old?.startedAtMs !== now?.startedAtMs;
    })
    .sort();
}

export function processEnvironment(): Map<string, string> {
  return new Map(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
