import { expect, test } from 'vitest';
import { type Retry, withRetries } from '../../../src/engine/registry-retry.js';
import { CancelledError, EngineError, type RetryAdvice } from '../../../src/problems/errors.js';

function failure(retry: RetryAdvice | undefined): EngineError {
  const about = { operation: 'pull image', ...(retry === undefined ? {} : { retry }) };
  return new EngineError('registry-failed', 'status 500', about);
}

const broken = failure({ because: 'broken', afterMs: undefined });

/** Attempts that fail in order, and then succeed; what was waited, and how it ended. */
async function outcomeOf(
  failures: readonly Error[],
  { chance = 0, abortAt = Number.POSITIVE_INFINITY } = {},
) {
  const waits: number[] = [];
  const retries: Retry[] = [];
  const answerLimits: number[] = [];
  const abort = new AbortController();
  const patience = {
    chance: () => chance,
    async sleep(ms: number) {
      waits.push(ms);
      if (waits.length === abortAt) abort.abort();
    },
  };
  const end = await withRetries(
    async ({ answerWithinMs }) => {
      answerLimits.push(answerWithinMs);
      const error = failures[answerLimits.length - 1];
      if (error !== undefined) throw error;
      return 'done';
    },
    { patience, signal: abort.signal, onRetry: (retry) => retries.push(retry) },
  ).catch((error: Error) => error);
  return { waits, retries, answerLimits, end: end instanceof Error ? end.message : end };
}

test('what works at once is neither waited for nor told', async () => {
  const { waits, retries, end } = await outcomeOf([]);
  expect({ waits, retries, end }).toEqual({ waits: [], retries: [], end: 'done' });
});

test('waits grow up to a limit, and the number of the attempt and the reason are told', async () => {
  const { waits, retries, end } = await outcomeOf(Array(8).fill(broken), { chance: 1 });
  expect([waits, retries[0], retries.at(-1)?.attempt, end]).toEqual([
    [250, 425, 722, 1228, 2088, 3000, 3000, 3000],
    { attempt: 2, waitMs: 250, error: broken },
    9,
    'done',
  ]);
});

test('half of each wait is left to chance', async () => {
  const { waits } = await outcomeOf(Array(3).fill(broken), { chance: 0 });
  expect(waits).toEqual([125, 213, 361]);
});

test('after twenty attempts the last error is final, and says how many there were', async () => {
  const { waits, end } = await outcomeOf(Array(30).fill(broken));
  expect([waits.length, end]).toEqual([19, 'status 500 (20 attempts)']);
});

test('what is refused is not asked for again', async () => {
  const { waits, end } = await outcomeOf([failure(undefined)]);
  expect([waits, end]).toEqual([[], 'status 500']);
});

test('what fails otherwise than an engine does is not tried again', async () => {
  const { waits, end } = await outcomeOf([new TypeError('oops')]);
  expect([waits, end]).toEqual([[], 'oops']);
});

test('a wait that the registry asks for is kept, one that is too long ends it', async () => {
  const kept = await outcomeOf([failure({ because: 'busy', afterMs: 7000 })], { chance: 1 });
  const tooLong = await outcomeOf([failure({ because: 'busy', afterMs: 3_600_000 })]);
  expect([kept.waits, kept.end, tooLong.waits, tooLong.end]).toEqual([[7250], 'done', [], 'status 500']);
});

test('a busy registry gets a second at least', async () => {
  const { waits } = await outcomeOf([failure({ because: 'busy', afterMs: undefined })]);
  expect(waits).toEqual([1125]);
});

test('a registry that is silent is asked once more, with more time', async () => {
  const silent = failure({ because: 'silent', afterMs: undefined });
  const { answerLimits, end } = await outcomeOf([silent, silent, silent]);
  expect([answerLimits, end]).toEqual([[10_000, 20_000], 'status 500 (2 attempts)']);
});

test('an abort ends the waiting, and nothing is tried after it', async () => {
  const { answerLimits, end } = await outcomeOf([broken, broken], { abortAt: 1 });
  expect([answerLimits.length, end]).toEqual([1, new CancelledError().message]);
});
