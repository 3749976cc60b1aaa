import { expect, test } from 'vitest';
import { glance } from '../../../bench/report/glance.mjs';

const results = (ours: number) =>
  new Map([
    [
      'up',
      {
        group: 'up',
        measuredAt: '2026-11-22T18:00:00.000Z',
        on: { cores: 2, cpu: 'EPYC', memoryGiB: 24, load: 0.5, engine: '28.5.2' },
        versions: { 'node -e 0': '24.21.0', 'docker compose': '2.40.3' },
        cases: [
          {
            name: 'two: first up',
            results: [result('tscompose', ours, 70.4), result('docker compose', 1000, 50)],
          },
        ],
      },
    ],
  ]);

function result(who: string, median: number, peak: number) {
  return { who, samples: 1, measures: { wallMs: { median }, peakRssMiB: { max: peak } } };
}

const row = {
  ...{ group: 'up', case: 'two: first up', who: 'tscompose', measure: 'wallMs', statistic: 'median' },
  ...{ to: 'docker compose', atMost: 0.8, issue: 5 },
};
const head = `| what | tscompose | beside | ratio | goal | least possible | peak memory |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
| **Up and down** | | | | | | |
`;
const measured =
  '- `up`: 2026-11-22, Node 24.21.0, Docker 28.5.2, docker compose 2.40.3, 2 × EPYC, 24 GiB, load 0.5 before\n';

test('a goal that is met needs no reason', () => {
  expect(glance([{ ...row, reason: 'the engine is slow' }], results(700))).toBe(
    `${head}| two: first up | 700 ms | docker compose: 1000 ms | 0.70 | ≤ 0.8 ✓ |  | 70 / 50 MiB |\n\n${measured}`,
  );
});

test('a goal that is not met has its reason below the table', () => {
  expect(glance([{ ...row, reason: 'the engine is slow' }], results(900))).toBe(
    `${head}| two: first up [1] | 900 ms | docker compose: 1000 ms | 0.90 | ≤ 0.8 ✗ |  | 70 / 50 MiB |

Why a goal is not met:

- [1] the engine is slow.

${measured}`,
  );
});

test('goals that are not met and have no reason are all told', () => {
  const other = { ...row, label: 'the same again' };
  expect(() => glance([row, other], results(900))).toThrow(
    'say in bench/goals.mjs why these goals are not met:\nup: two: first up\nup: the same again',
  );
});
