import type { HeldLock, LockHolder, LockNews, ProjectLock } from '../../src/model/project-lock.js';
import { CancelledError } from '../../src/problems/errors.js';

interface Hold {
  readonly holder: LockHolder;
  readonly released: Promise<void>;
}

/** Locks between the commands of one test process, each as if it were a process of its own. */
export class MemoryLocks {
  readonly #holds = new Map<string, Hold>();
  #lastPid = 0;

  lock(news: LockNews): ProjectLock {
    return {
      acquire: async ({ engine, project, command, directory }, signal): Promise<HeldLock> => {
        const key = `${engine} ${project}`;
        const first = this.#holds.get(key);
        if (first !== undefined) news.waiting(first.holder);
        for (let hold = first; hold !== undefined; hold = this.#holds.get(key)) {
          await Promise.race([hold.released, aborted(signal)]);
          if (signal?.aborted === true) throw new CancelledError();
        }
        this.#lastPid += 1;
        const pid = this.#lastPid;
        const holder = { command, directory, pid, otherHost: undefined, sinceMs: 0, path: undefined };
        return this.#hold(key, holder);
      },
    };
  }

  #hold(key: string, holder: LockHolder): HeldLock {
    let tell = () => {};
    const released = new Promise<void>((resolve) => {
      tell = resolve;
    });
    this.#holds.set(key, { holder, released });
    return {
      release: async () => {
        this.#holds.delete(key);
        tell();
      },
    };
  }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
