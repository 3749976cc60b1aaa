import { setImmediate } from 'node:timers/promises';
import type { TimerClock } from '../../src/control/timer-clock.js';

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/** Time that goes on only when a test says so. */
export class FakeTimer implements TimerClock {
  #nowMs = Date.UTC(2026, 0, 1);
  readonly #sleepers = new Set<Sleeper>();

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { untilMs: this.#nowMs + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Lets time pass, and everything that is due happen in its order. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      await calm();
      const next = [...this.#sleepers].sort((a, b) => a.untilMs - b.untilMs)[0];
      if (next === undefined || next.untilMs > endMs) break;
      this.#nowMs = Math.max(this.#nowMs, next.untilMs);
      next.wake();
    }
    this.#nowMs = endMs;
    await calm();
  }

  /** How many wait. */
  get waiting(): number {
    return this.#sleepers.size;
  }
}

/** Everything that can go on without time has done so. */
async function calm(): Promise<void> {
  for (let round = 0; round < 8; round++) await setImmediate();
}
