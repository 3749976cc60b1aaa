const firstMs = 1000;
const longestMs = 5 * 60_000;

/** How long something must go well after a failure so that the next failure is the first of a new row. */
export const soundRunMs = 10_000;

/** Pause before attempt number `attempt`: none before the first (0), then 1 s, 2 s, 4 s… up to 5 minutes. */
export function backoffMs(attempt: number): number {
  return attempt === 0 ? 0 : Math.min(firstMs * 2 ** (attempt - 1), longestMs);
}

interface Pause {
  readonly attempt: number;
  readonly untilMs: number;
}

/** Which things have failed how often, and when each may be tried again. */
export class Backoffs {
  readonly #pauses = new Map<string, Pause>();

  /** It has failed once more: gives the pause before the next attempt. `first`: the number of the first one. */
  fail(key: string, nowMs: number, first: 0 | 1 = 0): { readonly attempt: number; readonly delayMs: number } {
    const attempt = (this.#pauses.get(key)?.attempt ?? first - 1) + 1;
    const delayMs = backoffMs(attempt);
    this.#pauses.set(key, { attempt, untilMs: nowMs + delayMs });
    return { attempt, delayMs };
  }

  reset(key: string): void {
    this.#pauses.delete(key);
  }

  isWaiting(key: string, nowMs: number): boolean {
    return (this.#pauses.get(key)?.untilMs ?? 0) > nowMs;
  }

  /** The last failure is so long ago that a new one has nothing to do with it. */
  isPast(key: string, nowMs: number): boolean {
    return nowMs - (this.#pauses.get(key)?.untilMs ?? 0) >= soundRunMs;
  }

  /** The end of the next pause; undefined: none is running. */
  nextMs(nowMs: number): number | undefined {
    const ends = [...this.#pauses.values()].flatMap(({ untilMs }) => (untilMs > nowMs ? [untilMs] : []));
    return ends.length === 0 ? undefined : Math.min(...ends);
  }
}
