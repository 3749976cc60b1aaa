import { expect, test } from 'vitest';
import { Tally } from '../../../bench/measure/tally.mjs';

const same = (value: number) => ({ median: value, min: value, p95: value, max: value });

test('cases and who did them keep the order in which they came, what was not measured is left out', () => {
  const tally = new Tally();
  tally.add('down', { who: 'b' }, { wallMs: 3, peakRssMiB: undefined });
  tally.add('up', { who: 'a', how: '8 at once' }, { wallMs: 1 });
  tally.add('down', { who: 'b' }, { wallMs: 5 });
  tally.add('down', { who: 'a' }, { wallMs: 4.00049 });
  expect(tally.cases()).toEqual([
    {
      name: 'down',
      results: [
        { who: 'b', samples: 2, measures: { wallMs: { median: 4, min: 3, p95: 5, max: 5 } } },
        { who: 'a', samples: 1, measures: { wallMs: same(4) } },
      ],
    },
    { name: 'up', results: [{ who: 'a', how: '8 at once', samples: 1, measures: { wallMs: same(1) } }] },
  ]);
});
