import { expect, test } from 'vitest';
import { judged } from '../../../bench/report/judge.mjs';

const row = { who: 'tscompose', measure: 'wallMs', statistic: 'median' };

function result(who: string, median: number, how?: string) {
  return {
    who,
    how,
    samples: 1,
    measures: { wallMs: { median, min: median, p95: 2 * median, max: 3 * median } },
  };
}

const found = {
  name: 'first up',
  results: [
    result('tscompose', 900),
    result('docker compose', 1000),
    result('engine API', 800, '8 at once'),
    result('engine API', 700, '16 at once'),
  ],
};

test('a goal to another is about the ratio', () => {
  const judgement = judged({ ...row, to: 'docker compose', atMost: 0.85, floor: 'engine API' }, found);
  expect(judgement).toEqual({
    own: 900,
    other: 1000,
    floor: 700,
    value: 0.9,
    isMet: false,
    whyNot: undefined,
  });
});

test('a goal that the least possible meets has the reason that somebody wrote', () => {
  const wish = { ...row, to: 'docker compose', floor: 'engine API', reason: 'too slow' };
  expect(judged({ ...wish, atMost: 0.7 }, found)).toMatchObject({ isMet: false, whyNot: 'too slow' });
});

test('a goal that the least possible misses cannot be met by anybody', () => {
  const wish = { ...row, to: 'docker compose', floor: 'engine API', reason: 'too slow' };
  expect(judged({ ...wish, atMost: 0.69 }, found)).toMatchObject({
    isMet: false,
    whyNot: 'nobody can: the least possible, measured in the same run, is already more than the goal allows',
  });
});

test('one who did it in several ways counts with the best', () => {
  expect(judged({ ...row, to: 'engine API', atMost: 1.1 }, found)).toMatchObject({
    other: 700,
    isMet: false,
  });
});

test('a goal beyond another is about the difference', () => {
  expect(judged({ ...row, beyond: 'engine API', atMost: 200 }, found)).toMatchObject({
    value: 200,
    isMet: true,
  });
});

test('a goal for a number alone is about the statistic that it names', () => {
  expect(judged({ ...row, statistic: 'p95', atMost: 1799 }, found)).toMatchObject({
    value: 1800,
    isMet: false,
  });
});

test('nothing is said of a goal beside one who was not measured', () => {
  expect(judged({ ...row, to: 'docker buildx', atMost: 1 }, found)).toMatchObject({
    value: undefined,
    isMet: undefined,
  });
});
