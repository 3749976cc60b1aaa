import type { TimerClock } from '../timer-clock.js';

/** Paths that something has happened to. */
export interface Hints {
  readonly paths: ReadonlySet<string>;
  /** When the first of them came. */
  readonly sinceMs: number;
  /** So many came at once that the system may have dropped some. */
  readonly mayBeIncomplete: boolean;
}

/** One save should be seen at once; where much happens, all of it is better done in one go. */
const pauses = [
  { upTo: 3, restMs: 20, maxWaitMs: 300 },
  { upTo: 50, restMs: 60, maxWaitMs: 1000 },
  { upTo: Number.POSITIVE_INFINITY, restMs: 60, maxWaitMs: 5000 },
] as const;

/** Half of what the system keeps for a reader that is slow (`fs.inotify.max_queued_events`). */
const manyAtOnce = 8192;

/** Hints on their way: they are handed over together once nothing new has come for a short while. */
export class HintBox {
  readonly #clock: TimerClock;
  #paths = new Set<string>();
  #count = 0;
  #sinceMs = 0;
  #wake = () => {};

  constructor(clock: TimerClock) {
    this.#clock = clock;
  }

  push(path: string): void {
    if (this.#count === 0) this.#sinceMs = this.#clock.nowMs();
    this.#count += 1;
    this.#paths.add(path);
    this.#wake();
  }

  /** Waits for hints, and for a rest after them; undefined after `signal` is aborted. */
  async take(signal: AbortSignal): Promise<Hints | undefined> {
    while (this.#count === 0 && !signal.aborted) await this.#sleep(Number.POSITIVE_INFINITY, signal);
    while (!signal.aborted) {
      const { restMs, maxWaitMs } = pauses.find(({ upTo }) => this.#paths.size <= upTo) ?? pauses[2];
      const leftMs = this.#sinceMs + maxWaitMs - this.#clock.nowMs();
      const before = this.#count;
      await this.#rest(Math.min(restMs, leftMs), signal);
      if (leftMs <= restMs || this.#count === before) return this.#takeAll();
    }
    return undefined;
  }

  /** A whole rest: it is not cut short by what comes, for very much may come. */
  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    if (ms > 0) await this.#clock.sleep(ms, signal);
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    signal.addEventListener('abort', this.#wake, { once: true });
    await this.#clock.sleep(ms, woken.signal);
    signal.removeEventListener('abort', this.#wake);
    this.#wake = () => {};
  }

  #takeAll(): Hints {
    const hints = { paths: this.#paths, sinceMs: this.#sinceMs, mayBeIncomplete: this.#count >= manyAtOnce };
    this.#paths = new Set();
    this.#count = 0;
    return hints;
  }
}
