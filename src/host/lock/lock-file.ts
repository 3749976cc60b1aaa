import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  type Liveness,
  type LockOwner,
  livenessOf,
  nobody,
  type ProcessTable,
  parseOwner,
} from './lock-owner.js';

/** `held`: by us from now on; otherwise who holds it, or is about to. */
export type Attempt =
  | { readonly kind: 'held' }
  | { readonly kind: 'taken'; readonly owner: LockOwner; readonly liveness: Liveness };

/**
 * A lock as a file: who links its record to the name holds it, until it removes the name again. The record is complete
 * before it gets the name, so nobody ever reads half of one.
 *
 * Only one may take over from an owner that is gone, though many may find out at once. Whoever wants to links its
 * record to `<path>.after-<id of the owner>` first, which only one can do, looks whether the owner is still the one,
 * and then renames this over the lock. Ids are never given twice, so a slow taker fails at the look. One that dies on
 * the way is itself an owner that is gone, with a successor in the same manner.
 */
export class LockFile {
  readonly #path: string;
  readonly #own: LockOwner;
  readonly #processes: ProcessTable;
  /** Our record before it has a name that counts. */
  readonly #record: string;

  constructor(path: string, own: LockOwner, processes: ProcessTable) {
    this.#path = path;
    this.#own = own;
    this.#processes = processes;
    this.#record = `${path}.${own.id}`;
  }

  /** Makes the record, and the directory with it. Throws what the file system says. */
  async prepare(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    await writeFile(this.#record, JSON.stringify(this.#own), { flag: 'wx' });
  }

  /** The record is of no use any more. */
  async forget(): Promise<void> {
    await rm(this.#record, { force: true });
  }

  async take(): Promise<Attempt> {
    for (;;) {
      if (await this.#linkTo(this.#path)) return { kind: 'held' };
      const owner = await readOwner(this.#path);
      if (owner === undefined) continue;
      const attempt = await this.#takeFrom(owner, owner);
      if (attempt !== 'again') return attempt;
    }
  }

  /** Removes the name, unless somebody has removed it by hand and it is another's now. */
  async release(): Promise<void> {
    if ((await readOwner(this.#path))?.id === this.#own.id) await rm(this.#path, { force: true });
  }

  /** `last` is who stands at the end of the line of those that died while they took over from `owner`. */
  async #takeFrom(owner: LockOwner, last: LockOwner): Promise<Attempt | 'again'> {
    const liveness = await livenessOf(last, this.#own, this.#processes);
    if (liveness !== 'gone') return { kind: 'taken', owner: last, liveness };
    const marker = this.#markerAfter(last);
    if (!(await this.#linkTo(marker))) {
      const other = await readOwner(marker);
      return other === undefined ? 'again' : this.#takeFrom(owner, other);
    }
    if ((await readOwner(this.#path))?.id !== owner.id) {
      await rm(marker, { force: true });
      return 'again';
    }
    await rename(marker, this.#path);
    await this.#removeTraces();
    return { kind: 'held' };
  }

  /** What those that are gone have left. Only the holder may do that: markers count for nobody while it is alive. */
  async #removeTraces(): Promise<void> {
    const directory = dirname(this.#path);
    for (const name of await readdir(directory)) {
      if (!name.startsWith(`${basename(this.#path)}.`)) continue;
      const left = await readOwner(join(directory, name));
      if (left === undefined || (await livenessOf(left, this.#own, this.#processes)) !== 'gone') continue;
      await rm(join(directory, name), { force: true });
    }
  }

  #markerAfter({ id }: LockOwner): string {
    return `${this.#path}.after-${id}`;
  }

  async #linkTo(name: string): Promise<boolean> {
    try {
      await link(this.#record, name);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }
}

/** undefined: there is none. */
async function readOwner(path: string): Promise<LockOwner | undefined> {
  try {
    const [text, { ino, mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    // A machine that lost its power may leave an empty file: nobody who is alive has written it.
    return parseOwner(text) ?? nobody(`${ino}-${Math.trunc(mtimeMs)}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
