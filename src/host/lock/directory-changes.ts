import { type FSWatcher, watch } from 'node:fs';

/** Tells when a file of a directory comes, changes or goes. */
export class DirectoryChanges {
  readonly #watcher: FSWatcher | undefined;
  #hasChanged = false;
  #wake = () => {};

  constructor(directory: string, file: string) {
    try {
      this.#watcher = watch(directory, { persistent: false }, (_kind, name) => {
        if (name !== null && name !== file) return;
        this.#hasChanged = true;
        this.#wake();
      });
      this.#watcher.on('error', () => {});
    } catch {
      // As many watches as the system allows are in use: the time limit of `next` has to do.
    }
  }

  /** Fulfilled at the next change, or at one since the last call; after the time limit or an abort too. */
  async next(limitMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#hasChanged && signal?.aborted !== true) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limitMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
        signal?.addEventListener('abort', this.#wake, { once: true });
      });
      signal?.removeEventListener('abort', this.#wake);
    }
    this.#hasChanged = false;
  }

  close(): void {
    this.#watcher?.close();
  }
}
