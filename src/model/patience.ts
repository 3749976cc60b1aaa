/** How to wait between attempts: the clock and the chance of those who try again. */
export interface Patience {
  /** Fulfilled after that time, or at once when `signal` is aborted. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** From 0 up to 1, evenly: so that many who failed together do not come back together. */
  chance(): number;
}
