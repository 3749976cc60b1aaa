import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timerClock } from '../../src/control/timer-clock.js';
import { FileLane } from '../../src/control/watch/file-lane.js';
import { routeChanges } from '../../src/control/watch/route-changes.js';
import type { PathFilter, ScopedRule } from '../../src/control/watch/scoped-rule.js';
import { nodeTree } from '../../src/control/watch/tree-reader.js';
import type { TreeChange } from '../../src/control/watch/tree-state.js';
import type { WatchWorld } from '../../src/control/watch/watch-world.js';
import { WatchedTree } from '../../src/control/watch/watched-tree.js';
import type { Engine } from '../../src/engine/engine.js';
import { readTar } from '../../src/engine/tar.js';
import type { WatchRule } from '../../src/model/watch.js';
import type { WatchEvent } from '../../src/model/watch-event.js';
import { projectOf } from './project-builder.js';

export function ruleOf(path: string, wish: Partial<WatchRule> = {}): WatchRule {
  return { path, action: 'sync', target: '/app', ignore: [], include: [], isSyncedFirst: false, ...wish };
}

export function scopedRule(rule: WatchRule, filters: Partial<ScopedRule> = {}, service = 'web'): ScopedRule {
  return { service, rule, ignored: [], included: undefined, ...filters };
}

/** What a test has written before it begins is old. */
const openedLaterMs = 10_000;

/** Ignores what has one of these names, and what is below. */
export function names(...ignored: string[]): PathFilter {
  return {
    ignores: (path) => path.split('/').some((name) => ignored.includes(name)),
    mayKeepBelow: () => false,
  };
}

/** A folder whose files go into the containers of a service, with hints given by hand instead of by the system. */
export class WatchedFolder {
  readonly root: string;
  readonly rule: ScopedRule;
  readonly tree: WatchedTree;
  readonly entered = new Set<string>();
  readonly events: WatchEvent[] = [];
  readonly #lane: FileLane;
  readonly #signal = new AbortController().signal;

  private constructor(root: string, rule: ScopedRule, engine: Engine) {
    this.root = root;
    this.rule = rule;
    this.tree = new WatchedTree(
      [rule],
      nodeTree,
      this.#watches(),
      () => {},
      () => Date.now() + openedLaterMs,
    );
    const clock = timerClock({ nowMs: () => 0 });
    const world = { engine, reader: nodeTree, clock, emit: (event: WatchEvent) => this.events.push(event) };
    this.#lane = new FileLane(world as unknown as WatchWorld);
  }

  static async open(engine: Engine, filters: Partial<ScopedRule> = {}): Promise<WatchedFolder> {
    const folder = await mkdtemp(join(tmpdir(), 'tscompose-watched-'));
    const root = join(folder, 'src');
    return new WatchedFolder(root, scopedRule(ruleOf(root), filters), engine);
  }

  at(path: string): string {
    return join(this.root, path);
  }

  async begin(): Promise<void> {
    await this.tree.open();
    await this.#lane.bringUpAll('first-sync', this.#scope(), this.#signal);
  }

  /** What has changed at these paths, below the folder. */
  async changes(...paths: string[]): Promise<TreeChange[]> {
    const changes = await this.tree.refresh(paths.map((path) => this.at(path)));
    return changes.map((change) => ({ ...change, path: change.path.slice(this.root.length + 1) }));
  }

  /** Copies what has changed. */
  async sync(paths: Iterable<string>): Promise<void> {
    const changes = await this.tree.refresh([...paths].map((path) => this.at(path)));
    await this.#lane.sync(routeChanges(changes, [this.rule]).syncs, this.#scope(), 0, this.#signal);
  }

  async catchUp(): Promise<void> {
    this.#lane.forgetList();
    await this.#lane.bringUpAll('catch-up', this.#scope(), this.#signal);
  }

  /** Paths below the folder, with the content of files, the target of links, and modes. */
  async ours(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    const { readFile } = await import('node:fs/promises');
    const walk = async (directory: string): Promise<void> => {
      for (const { name, kind } of await nodeTree.list(this.at(directory))) {
        const path = directory === '' ? name : `${directory}/${name}`;
        const mode = ((await nodeTree.look(this.at(path)))?.mode ?? 0).toString(8);
        if (kind === 'directory') await walk(path);
        const text =
          kind === 'file' ? await readFile(this.at(path), 'utf8') : await nodeTree.linkTarget(this.at(path));
        found[path] =
          kind === 'directory' ? `directory ${mode}` : kind === 'file' ? `${text} ${mode}` : `→ ${text}`;
      }
    };
    await walk('');
    return found;
  }

  /** The same of a container, below the target. */
  static async inContainer(engine: Engine, id: string): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    if ((await engine.archives.stat(id, '/app')) === undefined) return found;
    for await (const { header, content } of readTar(await engine.archives.read(id, '/app'))) {
      const path = header.path.replace(/^app\/?/, '').replace(/\/$/, '');
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const mode = header.mode.toString(8);
      const text = Buffer.concat(chunks).toString();
      if (path === '') continue;
      found[path] =
        header.kind === 'directory'
          ? `directory ${mode}`
          : header.kind === 'file'
            ? `${text} ${mode}`
            : `→ ${header.linkTarget}`;
    }
    return found;
  }

  async close(): Promise<void> {
    await rm(join(this.root, '..'), { recursive: true, force: true });
  }

  #scope() {
    return { project: projectOf({ services: { web: {} } }), rules: [this.rule] };
  }

  #watches() {
    const { entered } = this;
    return {
      get count() {
        return entered.size;
      },
      enter: (directory: string) => void entered.add(directory),
      leave: (directory: string) => void entered.delete(directory),
      close: () => entered.clear(),
    };
  }
}
