import { dirname, join } from 'node:path';
import type { EntryKind, EntryLook, TreeReader } from './tree-reader.js';

/** What became of one path, by the time that somebody looked. */
export interface TreeChange {
  readonly path: string;
  readonly now: 'written' | 'removed';
  /** What it is, or was. */
  readonly kind: EntryKind;
}

export interface TreeSight {
  readonly reader: TreeReader;
  /** What is seen at all: a directory that is not is never entered. */
  readonly sees: (path: string, kind: EntryKind) => boolean;
  /** Called before a directory is listed, so that nothing falls between. Throws when it cannot be watched. */
  readonly enter: (directory: string) => void;
  readonly leave: (directory: string) => void;
  /** A directory that may not be read is left out. */
  readonly onUnreadable: (directory: string, error: Error) => void;
  readonly nowMs: () => number;
}

/** Whether somebody said that something has happened there. */
type Attention = 'hinted' | 'found';

interface Known {
  readonly kind: EntryKind;
  /** Differs when the entry does; undefined: it was only listed. */
  readonly stamp: string | undefined;
}

const looksAtOnce = 256;
/** Clocks of file systems go in steps. */
const clockStepMs = 2000;

/**
 * What is in the watched directories, so that a hint that something has happened becomes what has happened: hints come
 * twice, too late and for what is as before.
 */
export class TreeState {
  readonly #sight: TreeSight;
  readonly #known = new Map<string, Known>();
  readonly #children = new Map<string, Set<string>>();
  #openedAtMs = 0;

  constructor(sight: TreeSight) {
    this.#sight = sight;
  }

  /** Enters directories for the first time: all that is in them is known then, and no change. */
  async open(directories: Iterable<string>): Promise<void> {
    this.#openedAtMs = this.#sight.nowMs();
    for (const directory of directories) {
      const look = await this.#sight.reader.look(directory);
      if (look?.kind === 'directory') await this.#add(directory, look, undefined);
    }
  }

  /** Everything that is seen, directories before what is in them. */
  *entries(): Generator<{ readonly path: string; readonly kind: EntryKind }> {
    for (const [path, { kind }] of this.#known) yield { path, kind };
  }

  /** Number of directories that have been entered. */
  get directoryCount(): number {
    return this.#children.size;
  }

  /** What has changed at these paths and below them since they were looked at last. */
  async refresh(paths: Iterable<string>, how: Attention = 'hinted'): Promise<TreeChange[]> {
    const sorted = [...new Set(paths)].sort();
    const changes = new Map<string, TreeChange>();
    for (let start = 0; start < sorted.length; start += looksAtOnce) {
      const some = sorted.slice(start, start + looksAtOnce);
      const looks = await Promise.all(some.map((path) => this.#look(path)));
      for (const [index, path] of some.entries()) {
        const look = looks[index];
        if (look !== 'unreadable') await this.#compare(path, look, changes, how);
      }
    }
    return [...changes.values()];
  }

  /** Looks at everything again: for when hints may have been lost. */
  async rescan(): Promise<TreeChange[]> {
    const paths = new Set(this.#known.keys());
    for (const directory of this.#children.keys()) {
      for (const { name } of await this.#list(directory)) paths.add(join(directory, name));
    }
    return this.refresh(paths, 'found');
  }

  async #compare(
    path: string,
    look: EntryLook | undefined,
    changes: Map<string, TreeChange>,
    how: Attention,
  ): Promise<void> {
    const known = this.#known.get(path);
    const isSeen = look !== undefined && this.#sight.sees(path, look.kind);
    if (known !== undefined && (!isSeen || !isSame(known, look))) this.#forget(path, changes);
    if (!isSeen) return;
    if (this.#known.has(path)) {
      this.#note(path, look, changes, how);
      if (look.kind === 'directory' && how === 'hinted') await this.#reenter(path, changes);
      return;
    }
    // Of a directory that was left, or never entered.
    if (!this.#children.has(dirname(path)) && known === undefined) return;
    await this.#add(path, look, changes);
  }

  /** The same thing, and perhaps another content. */
  #note(path: string, look: EntryLook, changes: Map<string, TreeChange>, how: Attention): void {
    const stamp = stampOf(look);
    const before = this.#known.get(path)?.stamp;
    if (before === stamp) return;
    this.#known.set(path, { kind: look.kind, stamp });
    const isOld = before === undefined && look.changedAtMs < this.#openedAtMs - clockStepMs;
    if (how === 'found' && isOld) return;
    changes.set(path, { path, now: 'written', kind: look.kind });
  }

  /**
   * A hint about a directory itself: it may be another one, that has got the number of the old one, and the watch of
   * the old one has gone with it.
   */
  async #reenter(directory: string, changes: Map<string, TreeChange>): Promise<void> {
    this.#sight.enter(directory);
    const listed = (await this.#list(directory)).map(({ name }) => join(directory, name));
    for (const path of new Set([...listed, ...(this.#children.get(directory) ?? [])])) {
      const look = await this.#look(path);
      if (look !== 'unreadable') await this.#compare(path, look, changes, 'found');
    }
  }

  async #add(path: string, look: EntryLook, changes: Map<string, TreeChange> | undefined): Promise<void> {
    this.#learn(path, { kind: look.kind, stamp: stampOf(look) }, changes);
    if (look.kind === 'directory') await this.#enter(path, changes);
  }

  async #enter(directory: string, changes: Map<string, TreeChange> | undefined): Promise<void> {
    this.#children.set(directory, this.#children.get(directory) ?? new Set());
    this.#sight.enter(directory);
    const { reader, sees } = this.#sight;
    const found = (await this.#list(directory)).filter(({ name, kind }) => sees(join(directory, name), kind));
    await Promise.all(
      found.map(async ({ name, kind }) => {
        const path = join(directory, name);
        // To begin with it is enough to know what is there: a look at each of very many files takes seconds.
        if (changes === undefined && kind !== 'directory')
          return this.#learn(path, { kind, stamp: undefined }, undefined);
        const look = await reader.look(path);
        if (look !== undefined && sees(path, look.kind)) await this.#add(path, look, changes);
      }),
    );
  }

  /** One path that cannot be looked at must not lose what is known of the others. */
  async #look(path: string): Promise<EntryLook | undefined | 'unreadable'> {
    try {
      return await this.#sight.reader.look(path);
    } catch (error) {
      this.#sight.onUnreadable(path, error as Error);
      return 'unreadable';
    }
  }

  async #list(directory: string): Promise<Awaited<ReturnType<TreeReader['list']>>> {
    try {
      return await this.#sight.reader.list(directory);
    } catch (error) {
      this.#sight.onUnreadable(directory, error as Error);
      return [];
    }
  }

  #learn(path: string, known: Known, changes: Map<string, TreeChange> | undefined): void {
    this.#known.set(path, known);
    this.#children.get(dirname(path))?.add(path);
    changes?.set(path, { path, now: 'written', kind: known.kind });
  }

  #forget(path: string, changes: Map<string, TreeChange>): void {
    const known = this.#known.get(path);
    if (known === undefined) return;
    this.#known.delete(path);
    this.#children.get(dirname(path))?.delete(path);
    changes.set(path, { path, now: 'removed', kind: known.kind });
    const children = this.#children.get(path);
    if (children === undefined) return;
    for (const child of [...children]) this.#forget(child, changes);
    this.#children.delete(path);
    this.#sight.leave(path);
  }
}

/** Another directory of the same name is another directory: what is in it is new. */
function isSame(known: Known, look: EntryLook): boolean {
  if (known.kind !== look.kind) return false;
  return look.kind !== 'directory' || known.stamp?.split(' ')[0] === identityOf(look);
}

/** The time of a directory changes with everything in it, and means nothing. */
function stampOf(look: EntryLook): string {
  const { kind, mode, sizeBytes, modifiedAtMs, changedAtMs } = look;
  const identity = `${identityOf(look)} ${mode}`;
  return kind === 'directory' ? identity : `${identity} ${sizeBytes} ${modifiedAtMs} ${changedAtMs}`;
}

/** Numbers are given again once their file has gone. */
function identityOf({ inode, bornAtMs }: EntryLook): string {
  return `${inode}-${bornAtMs}`;
}
