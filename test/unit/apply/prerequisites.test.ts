import { expect, test } from 'vitest';
import { Prerequisites } from '../../../src/apply/prerequisites.js';
import type { Step, StepKind } from '../../../src/model/plan.js';

function step(
  id: number,
  kind: StepKind,
  after: readonly number[],
  afterSettled: readonly number[] = [],
): Step {
  return { id, kind, after, afterSettled } as unknown as Step;
}

test('a step may begin once all that it comes after has ended, each counted once', () => {
  const first = step(1, 'create-container', []);
  const second = step(2, 'create-container', []);
  const last = step(3, 'start-container', [1], [1, 2]);
  const prerequisites = new Prerequisites([first, second, last]);
  const met = [first, second].map((ended) => {
    prerequisites.end(ended, 'done');
    return prerequisites.areMet(last);
  });
  expect(met).toEqual([false, true]);
});

test('the first that is lost takes along what needs it, and not what only waits for its end', () => {
  const first = step(1, 'stop-container', []);
  const second = step(2, 'stop-container', []);
  const needs = step(3, 'remove-container', [1, 2]);
  const waits = step(4, 'remove-network', [], [1, 2]);
  const prerequisites = new Prerequisites([first, second, needs, waits]);
  for (const ended of [second, first]) prerequisites.end(ended, 'lost');
  expect([needs, waits].map((each) => prerequisites.blockerOf(each))).toEqual([2, undefined]);
});

test('what nothing could use while others look on is named when they have ended', () => {
  const wait = step(1, 'wait', []);
  const create = step(2, 'create-container', []);
  const start = step(3, 'start-container', [1, 2]);
  const prerequisites = new Prerequisites([wait, create, start]);
  const before = prerequisites.couldBeUsed(create);
  const affected = prerequisites.end(wait, 'done');
  expect({ before, affected, now: prerequisites.couldBeUsed(create) }).toEqual({
    before: false,
    affected: new Set([1, 2]),
    now: true,
  });
});
