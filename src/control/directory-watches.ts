import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import { WatchError } from '../problems/errors.js';

/** One watch for each directory, and none for the files in it: the number of watches is limited. */
export class DirectoryWatches {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onHint: (path: string) => void;

  /** `onHint` is called with every path that something has happened to. */
  constructor(onHint: (path: string) => void) {
    this.#onHint = onHint;
  }

  get count(): number {
    return this.#watchers.size;
  }

  get directories(): string[] {
    return [...this.#watchers.keys()];
  }

  has(directory: string): boolean {
    return this.#watchers.has(directory);
  }

  /** Throws WatchError where the system allows no more watches. A directory that has gone is left out. */
  enter(directory: string): void {
    this.leave(directory);
    try {
      const watcher = watch(directory, { persistent: true }, (_event, name) => {
        // Without a name it is about the directory as a whole, and what is in it is told by others.
        this.#onHint(name === null ? directory : join(directory, name));
      });
      // A watch that breaks belongs to a directory that goes.
      watcher.on('error', () => this.leave(directory));
      this.#watchers.set(directory, watcher);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOSPC' || code === 'EMFILE' || code === 'ENFILE')
        throw limitReached(directory, code, error);
      if (code === 'ENOENT' || code === 'ENOTDIR') return;
      throw new WatchError('watch/unreadable', `cannot watch ${directory}: ${(error as Error).message}`, {
        cause: error,
        hint: 'give yourself the right to read it, or leave it out with "ignore"',
      });
    }
  }

  leave(directory: string): void {
    this.#watchers.get(directory)?.close();
    this.#watchers.delete(directory);
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }
}

function limitReached(directory: string, code: string, cause: unknown): WatchError {
  const [what, setting] =
    code === 'ENOSPC'
      ? ['more directories to be watched', 'fs.inotify.max_user_watches=524288']
      : ['more programs to watch', 'fs.inotify.max_user_instances=512'];
  return new WatchError('watch/limit', `cannot watch ${directory}: the system allows no ${what}`, {
    cause,
    hint: `leave directories out with "ignore" or .dockerignore, or raise the limit: sudo sysctl ${setting}`,
  });
}
