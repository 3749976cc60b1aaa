import type { Patience } from '../model/patience.js';
import { CancelledError } from '../problems/errors.js';

/** What an attempt shows of whether another one may go better. */
export interface Attempted {
  readonly status: number;
  readonly headers: { readonly 'retry-after'?: string | undefined };
}

/** Fewer than for pulls: a person waits for a few small documents. */
const mostAttempts = 6;
const firstWaitMs = 250;
const growth = 1.7;
/** Nobody waits longer than this because a registry asks for it. */
const longestAskedMs = 30_000;

/**
 * Asks again while the answer is that it may work later: 5xx, too many requests, or a connection that broke. Gives the
 * last answer, or throws the last error. Throws CancelledError when `signal` is aborted.
 */
export async function repeat<Answer extends Attempted>(
  attempt: () => Promise<Answer>,
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  for (let number = 1; ; number++) {
    const waitMs = firstWaitMs * growth ** (number - 1) * (0.5 + patience.chance() / 2);
    try {
      const answer = await attempt();
      const askedMs = Number(answer.headers['retry-after'] ?? 0) * 1000;
      const isHopeless = !isPassing(answer.status) || !(askedMs <= longestAskedMs);
      if (isHopeless || number === mostAttempts) return answer;
      await patience.sleep(Math.round(Math.max(waitMs, askedMs)), signal);
    } catch (error) {
      if (!isBroken(error) || number === mostAttempts) throw error;
      await patience.sleep(Math.round(waitMs), signal);
    }
    if (signal?.aborted) throw new CancelledError();
  }
}

function isPassing(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** It was there, and is likely to be there again; who refuses a connection is not there. */
function isBroken(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
}
