import type { Clock } from '../model/clock.js';

/** A clock that one can wait for. */
export interface TimerClock extends Clock {
  /** Fulfilled after that time, or at once when `signal` is aborted. Leaves no timer behind. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The longest wait that timers of Node can do. */
const longestMs = 2 ** 31 - 1;

export function timerClock(clock: Clock): TimerClock {
  return {
    nowMs: () => clock.nowMs(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          resolve();
        };
        const timer = setTimeout(end, Math.min(ms, longestMs));
        signal.addEventListener('abort', end, { once: true });
      }),
  };
}
