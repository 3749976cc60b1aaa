import type { ObservedContainerDetails } from '../model/observed.js';

/** Counts the health checks of one container that have failed since it was started: the engine keeps the last five. */
export class FailedProbes {
  #count = 0;
  #countedUntilMs: number | undefined;

  /** How many there are by now; undefined: no more than the last time. */
  countIn({ healthLog, startedAtMs = 0 }: ObservedContainerDetails): number | undefined {
    const sinceMs = Math.max(this.#countedUntilMs ?? 0, startedAtMs);
    const failed = healthLog.filter(({ exitCode, endedAtMs }) => exitCode !== 0 && endedAtMs > sinceMs);
    if (failed.length === 0) return undefined;
    this.#countedUntilMs = Math.max(...failed.map(({ endedAtMs }) => endedAtMs));
    this.#count += failed.length;
    return this.#count;
  }
}
