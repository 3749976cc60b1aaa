import type { CliIo } from './io.js';

export interface Interrupts {
  /** Aborted by the first Ctrl-C: start nothing more. */
  readonly drain: AbortSignal;
  /** Aborted by the second: let go of everything. */
  readonly signal: AbortSignal;
}

/** Gives `body` the two signals that Ctrl-C stands for, for as long as it runs. */
export async function withInterrupts<T>(io: CliIo, body: (interrupts: Interrupts) => Promise<T>): Promise<T> {
  const drain = new AbortController();
  const abort = new AbortController();
  const release = io.onInterrupt(() => {
    if (drain.signal.aborted) abort.abort();
    else drain.abort();
  });
  try {
    return await body({ drain: drain.signal, signal: abort.signal });
  } finally {
    release();
  }
}
