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
  readonly #rest: Rest;
  readonly #isWaking: (reason: WakeReason) => boolean;
  #reasons: WakeReason[] = [];
  #wake = () => {};

  constructor(clock: TimerClock, rest: Rest, isWaking: (reason: WakeReason) => boolean) {
    this.#clock = clock;
    this.#rest = rest;
    this.#isWaking = isWaking;
  }

  push(reason: WakeReason): void {
    this.#reasons.push(reason);
    if (this.#isWaking(reason)) this.#wake();
  }

  /**
   * All reasons once one of them wakes and it has been quiet for a while; `timer` when `untilMs` comes first. Empty
   * after `signal` is aborted.
   */
  async take(untilMs: number | undefined, signal: AbortSignal): Promise<WakeReason[]> {
    if (!this.#hasWaking()) await this.#sleepUntil(untilMs, signal);
    if (signal.aborted) return [];
    if (!this.#hasWaking()) return this.#takeAll({ kind: 'timer' });
    await this.#settle(signal);
    return signal.aborted ? [] : this.#takeAll();
  }

  /** Waits until nothing new has come for a while. */
  async #settle(signal: AbortSignal): Promise<void> {
    const sinceMs = this.#clock.nowMs();
    for (;;) {
      const count = this.#reasons.length;
      const leftMs = sinceMs + this.#rest.maxWaitMs(this.#reasons) - this.#clock.nowMs();
      const restMs = Math.min(this.#rest.restMs(this.#reasons), leftMs);
      if (restMs <= 0 || signal.aborted) return;
      await this.#clock.sleep(restMs, signal);
      if (this.#reasons.length === count) return;
    }
  }

  async #sleepUntil(untilMs: number | undefined, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    signal.addEventListener('abort', this.#wake, { once: true });
    const ms = untilMs === undefined ? Number.POSITIVE_INFINITY : untilMs - this.#clock.nowMs();
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
