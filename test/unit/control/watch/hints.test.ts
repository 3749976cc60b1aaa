import { expect, test } from 'vitest';
import { HintBox } from '../../../../src/control/watch/hints.js';
import { FakeTimer } from '../../../support/fake-timer.js';

const { signal } = new AbortController();

test('one save is handed over after a short rest', async () => {
  const timer = new FakeTimer();
  const box = new HintBox(timer);
  const taken = box.take(signal);
  const startedAtMs = timer.nowMs();
  let tookMs = 0;
  void taken.then(() => {
    tookMs = timer.nowMs() - startedAtMs;
  });
  await timer.pass(0);
  for (const path of ['a', 'a', 'a.tmp']) box.push(path);
  await timer.pass(500);
  expect([[...((await taken)?.paths ?? [])], tookMs]).toEqual([['a', 'a.tmp'], 20]);
});

test('a burst of 5,000 files is one batch', async () => {
  const timer = new FakeTimer();
  const box = new HintBox(timer);
  const taken = box.take(signal);
  for (let index = 0; index < 5000; index++) {
    box.push(`file ${index}`);
    if (index % 100 === 0) await timer.pass(15);
  }
  await timer.pass(500);
  expect((await taken)?.paths.size).toBe(5000);
});

test('what never rests is handed over all the same', async () => {
  const timer = new FakeTimer();
  const box = new HintBox(timer);
  const taken = box.take(signal);
  const startedAtMs = timer.nowMs();
  let tookMs = Number.POSITIVE_INFINITY;
  void taken.then(() => {
    tookMs = timer.nowMs() - startedAtMs;
  });
  for (let round = 0; round < 60; round++) {
    box.push('a log');
    await timer.pass(10);
  }
  expect(tookMs).toBeLessThanOrEqual(320);
});

test('so many hints that some may be lost are told as such', async () => {
  const timer = new FakeTimer();
  const box = new HintBox(timer);
  const taken = box.take(signal);
  for (let index = 0; index < 9000; index++) box.push(`file ${index % 10}`);
  await timer.pass(6000);
  expect((await taken)?.mayBeIncomplete).toBe(true);
});

test('it ends with the signal, and leaves no timer', async () => {
  const timer = new FakeTimer();
  const stop = new AbortController();
  const taken = new HintBox(timer).take(stop.signal);
  await timer.pass(0);
  stop.abort();
  expect([await taken, timer.waiting]).toEqual([undefined, 0]);
});
