import type { Patience } from '../model/patience.js';
import { CancelledError, EngineError, type RetryAdvice } from '../problems/errors.js';
import { machinePatience } from '../registry/machine-patience.js';
import type { Engine } from './engine.js';

export { machinePatience };

/** An attempt that failed, and what is done about it. */
export interface Retry {
  /** The one that comes: 2 is the second. */
  readonly attempt: number;
  readonly waitMs: number;
  readonly error: EngineError;
}

export interface RetryOptions {
  readonly patience: Patience;
  readonly signal: AbortSignal | undefined;
  readonly onRetry: (retry: Retry) => void;
}

/** How often it is tried in all: one that fails three times in ten is asked several things for each image. */
const mostAttempts = 20;
/** One that does not answer is asked once more: a person waits for the answer. */
const mostSilences = 2;
/** How long the first answer may take, in each attempt; the last one counts from there on. */
const answerLimitsMs = [10_000, 20_000] as const;
/** Without being asked to: 250 ms, then 1.7 times as long each time, at most 3 s, and at least a second when it is busy. */
const firstWaitMs = 250;
const growth = 1.7;
const longestWaitMs = 3000;
const shortestBusyWaitMs = 1000;
/** Nobody waits longer than this because a registry asks for it. */
const longestAskedMs = 60_000;

/**
 * Does what needs a registry, and does it again while the error says that it may work later: 5xx, lost connections, no
 * answer in time, too many requests. What a registry refuses (a login, an image that it does not have) is final, and so
 * is one that is not there. Throws the last error, with the number of attempts; CancelledError when `signal` is aborted.
 */
export async function withRetries<Result>(
  attempt: (limits: { readonly answerWithinMs: number }) => Promise<Result>,
  { patience, signal, onRetry }: RetryOptions,
): Promise<Result> {
  let silences = 0;
  for (let number = 1; ; number++) {
    try {
      return await attempt({
        answerWithinMs: answerLimitsMs[Math.min(number, answerLimitsMs.length) - 1] ?? 0,
      });
    } catch (error) {
      if (!(error instanceof EngineError) || error.retry === undefined) throw error;
      if (error.retry.because === 'silent') silences += 1;
      const waitMs = waitOf(error.retry, number, patience);
      if (number >= mostAttempts || silences >= mostSilences || waitMs > longestAskedMs)
        throw withAttempts(error, number);
      onRetry({ attempt: number + 1, waitMs, error });
      await patience.sleep(waitMs, signal);
      if (signal?.aborted) throw new CancelledError();
    }
  }
}

/** What a reference means at its registry now, for those who have no plan; see `resolveDigest` of the engine. */
export function askDigest(engine: Pick<Engine, 'resolveDigest'>, reference: string, signal?: AbortSignal) {
  const options = { patience: machinePatience, signal, onRetry: () => {} };
  return withRetries(() => engine.resolveDigest(reference, signal), options);
}

/** What the registry asks for, or longer each time; half of the wait is left to chance. */
function waitOf({ because, afterMs }: RetryAdvice, failed: number, { chance }: Patience): number {
  if (afterMs !== undefined) return Math.round(afterMs + chance() * firstWaitMs);
  const whole = Math.min(firstWaitMs * growth ** (failed - 1), longestWaitMs);
  const wait = whole * (0.5 + chance() / 2);
  return Math.round(because === 'busy' ? shortestBusyWaitMs + wait : wait);
}

function withAttempts(error: EngineError, attempts: number): EngineError {
  if (attempts === 1) return error;
  const { operation, resource, status, cause, hint, evidence, retry } = error;
  return new EngineError(error.kind, `${error.message} (${attempts} attempts)`, {
    operation,
    evidence,
    cause,
    ...(resource === undefined ? {} : { resource }),
    ...(status === undefined ? {} : { status }),
    ...(hint === undefined ? {} : { hint }),
    ...(retry === undefined ? {} : { retry }),
  });
}
