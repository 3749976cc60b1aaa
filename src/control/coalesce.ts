import type { WakeReason } from '../model/control.js';
import type { TimerClock } from './timer-clock.js';

export interface Rest {
  /** How long it must have been quiet, in milliseconds; asked anew with every reason that comes. */
  restMs(reasons: readonly WakeReason[]): number;
  /** When to stop resting although more comes. */
  maxWaitMs(reasons: readonly WakeReason[]): number;
}

/**
 * Reasons on their way to the loop. What comes while a pass is under way is kept for the next one, so that any number
 * of wake-ups causes exactly one more pass.
 */
export class Mailbox {
  readonly #clock: TimerClock;
  readonly #pauses: Rest;
  readonly #isWaking: (reason: WakeReason) => boolean;
  #reasons: WakeReason[] = [];
  #wake = () => {};
  #isResting = false;

  constructor(clock: TimerClock, rest: Rest, isWaking: (reason: WakeReason) => boolean) {
    this.#clock = clock;
    this.#pauses = rest;
    this.#isWaking = isWaking;
  }

  /** What the next pass will be about, as far as it has come. */
  get pending(): readonly WakeReason[] {
    return this.#reasons;
  }

  push(reason: WakeReason): void {
    this.#reasons.push(reason);
    if (this.#isResting || this.#isWaking(reason)) this.#wake();
  }

  /**
   * All reasons once one of them wakes and it has been quiet for a while; `timer` when `untilMs` comes first. Empty
   * after `signal` is aborted.
   */
  async take(untilMs: number | undefined, signal: AbortSignal): Promise<WakeReason[]> {
    if (!this.#hasWaking()) {
      const ms = untilMs === undefined ? Number.POSITIVE_INFINITY : untilMs - this.#clock.nowMs();
      await this.#sleep(ms, signal);
    }
    if (signal.aborted) return [];
    if (!this.#hasWaking()) return this.#takeAll({ kind: 'timer' });
    this.#isResting = true;
    await this.#rest(signal);
    this.#isResting = false;
    return signal.aborted ? [] : this.#takeAll();
  }

  /** Waits until nothing new has come for a while; how long that is, what comes may change. */
  async #rest(signal: AbortSignal): Promise<void> {
    const sinceMs = this.#clock.nowMs();
    for (;;) {
      const count = this.#reasons.length;
      const leftMs = sinceMs + this.#pauses.maxWaitMs(this.#reasons) - this.#clock.nowMs();
      const restMs = Math.min(this.#pauses.restMs(this.#reasons), leftMs);
      if (restMs <= 0 || signal.aborted) return;
      await this.#sleep(restMs, signal);
      if (this.#reasons.length === count) return;
    }
  }

  /** Until that time is over, or something comes that ends it. */
  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    signal.addEventListener('abort', this.#wake, { once: true });
    await this.#clock.sleep(Math.max(ms, 0), woken.signal);
    signal.removeEventListener('abort', this.#wake);
    this.#wake = () => {};
  }

  #hasWaking(): boolean {
    return this.#reasons.some(this.#isWaking);
  }

  #takeAll(...more: WakeReason[]): WakeReason[] {
    const all = [...this.#reasons, ...more];
    this.#reasons = [];
    return all;
  }
}
