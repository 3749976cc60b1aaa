import { expect, test } from 'vitest';
import { stepLimits } from '../../../src/apply/limits.js';
import { Slots } from '../../../src/apply/slots.js';
import type { Step, StepKind } from '../../../src/model/plan.js';

function steps(...kinds: readonly StepKind[]): Step[] {
  return kinds.map((kind, index) => ({ kind, id: index + 1 }) as Step);
}

const of = (kind: StepKind, count: number): StepKind[] => Array.from({ length: count }, () => kind);

test('each kind has its own limit, and others go on beside it', () => {
  const slots = new Slots({ ofKind: { 'start-container': 1 }, inAll: undefined });
  const taken = steps('start-container', 'start-container', 'create-container').map((step) =>
    slots.take(step),
  );
  expect(taken).toEqual([true, false, true]);
});

test('a limit for all kinds holds whatever is too much, and gives it back in the order of the plan', () => {
  const slots = new Slots({ ofKind: {}, inAll: 1 });
  const [first, second, third] = steps('stop-container', 'remove-network', 'stop-container') as [
    Step,
    Step,
    Step,
  ];
  slots.take(first);
  slots.take(third);
  slots.take(second);
  const afterFirst = slots.leave(first);
  for (const step of afterFirst) slots.take(step);
  expect([afterFirst, slots.leave(second)]).toEqual([[second], [third]]);
});

test('a wait takes no room: what it waits for may need it', () => {
  const slots = new Slots({ ofKind: {}, inAll: 1 });
  expect(steps('wait', 'run-hook', 'start-container').map((step) => slots.take(step))).toEqual([
    true,
    true,
    true,
  ]);
});

test('more processors start more containers at once', () => {
  const limits = [1, 2, 8, 64].map((cores) => stepLimits(undefined, cores).ofKind['start-container']);
  expect(limits).toEqual([8, 16, 64, 64]);
});

test('the number that a person gives stands for all kinds instead of ours', () => {
  const slots = new Slots(stepLimits(20));
  const taken = steps(...of('start-container', 20), 'create-container').map((step) => slots.take(step));
  expect(taken.lastIndexOf(true)).toBe(19);
});

test('what could not start yet is made while nothing starts', () => {
  const [start, urgent, patient, more] = steps(
    'start-container',
    'create-container',
    'create-container',
    'create-container',
  ) as [Step, Step, Step, Step];
  const slots = new Slots(stepLimits(undefined, 1), (step) => step === urgent);
  const taken = [start, more, patient, urgent].map((step) => slots.take(step));
  expect([taken, slots.leave(start)]).toEqual([[true, false, false, true], [more]]);
});

test('what could not start yet is asked for again once that may have changed, and not with every step that ends', () => {
  const [start, stop, ...creates] = steps(
    'start-container',
    'stop-container',
    ...of('create-container', 1000),
  ) as [Step, Step, ...Step[]];
  const urgent = new Set<Step>();
  let questions = 0;
  const slots = new Slots(stepLimits(undefined, 1), (step) => {
    questions += 1;
    return urgent.has(step);
  });
  for (const step of [start, ...creates]) slots.take(step);
  const before = questions;
  for (let round = 0; round < 1000; round += 1) {
    slots.take(stop);
    slots.leave(stop);
  }
  const last = creates[999] as Step;
  urgent.add(last);
  slots.reconsider([last.id]);
  slots.take(stop);
  expect({ given: slots.leave(stop), questions: questions - before }).toEqual({
    given: [last],
    questions: 1,
  });
});
