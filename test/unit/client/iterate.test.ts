import { expect, test } from 'vitest';
import { iterate } from '../../../src/client/iterate.js';

async function allOf<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const value of values) found.push(value);
  return found;
}

test('every value that is pushed arrives, in order, and the end of the producer is the end', async () => {
  const values = iterate<number>(async (push) => {
    for (const value of [1, 2, 3]) await push(value);
    void push(4);
  });
  expect(await allOf(values)).toEqual([1, 2, 3, 4]);
});

test('what the producer throws, the reader gets, after the values before it', async () => {
  const seen: number[] = [];
  const reading = (async () => {
    const values = iterate<number>(async (push) => {
      await push(1);
      throw new Error('broken');
    });
    for await (const value of values) seen.push(value);
  })();
  await expect(reading).rejects.toThrow('broken');
  expect(seen).toEqual([1]);
});

test('a producer that waits for its pushes is never more than one value ahead of the reader', async () => {
  const pushed: number[] = [];
  const ahead: number[] = [];
  const values = iterate<number>(async (push) => {
    for (const value of [1, 2, 3]) {
      pushed.push(value);
      await push(value);
    }
  });
  for await (const value of values) ahead.push((pushed.at(-1) ?? 0) - value);
  expect(ahead).toEqual([0, 0, 0]);
});

test('a reader that leaves early ends the producer, which is over when the reader goes on', async () => {
  const events: string[] = [];
  const values = iterate<number>(async (push, signal) => {
    await push(1);
    await push(2);
    events.push(signal.aborted ? 'told to end' : 'not told');
  });
  for await (const value of values) {
    events.push(`got ${value}`);
    break;
  }
  events.push('gone on');
  expect(events).toEqual(['got 1', 'told to end', 'gone on']);
});

test('a signal from outside reaches the producer', async () => {
  const abort = new AbortController();
  const values = iterate<string>(async (push, signal) => {
    await push('first');
    await push(signal.aborted ? 'told to end' : 'not told');
  }, abort.signal);
  const seen: string[] = [];
  for await (const value of values) {
    seen.push(value);
    abort.abort();
  }
  expect(seen).toEqual(['first', 'told to end']);
});
