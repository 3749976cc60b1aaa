import { expect, test } from 'vitest';
import { TransferSum } from '../../../src/apply/transfer-progress.js';
import type { StepOf } from '../../../src/model/plan.js';
import { LiveBlock } from '../../../src/report/live-block.js';
import { withLiveTransfers } from '../../../src/report/live-transfers.js';
import { plainReporter } from '../../../src/report/reporter.js';

const plain = (text: string) => text;
const paint = { green: plain, yellow: plain, red: plain, dim: plain };

const esc = '\u001b';
const up = new RegExp(`^${esc}\\[(\\d+)A`);
const words = new RegExp(`(${esc}\\[\\d+A${esc}\\[J|\n)`);

/** What a terminal shows after what was written to it: it knows the two words that are used of its language. */
function screenOf(text: string): string[] {
  const lines = [''];
  for (const part of text.split(words)) {
    const count = up.exec(part)?.[1];
    if (count !== undefined) lines.splice(lines.length - 1 - Number(count), lines.length, '');
    else if (part === '\n') lines.push('');
    else lines[lines.length - 1] += part;
  }
  return lines.filter((line) => line !== '');
}

function pullOf(id: number, reference: string): StepOf<'pull-image'> {
  return {
    ...{ kind: 'pull-image', id, after: [], afterSettled: [], service: 'web' },
    ...{ reference, platform: undefined, need: 'required', reason: { kind: 'requested' } },
  };
}

/** A screen of this size, and pulls that are told to it. */
function world(columns = 80, rows = 24) {
  let written = '';
  const block = new LiveBlock(
    (text) => {
      written += text;
    },
    () => ({ columns, rows }),
  );
  const reporter = withLiveTransfers((write) => plainReporter(write, paint), block);
  const sums = new Map<number, TransferSum>();
  let atMs = 0;
  return {
    reporter,
    screen: () => screenOf(written),
    begin: (step: StepOf<'pull-image'>) => reporter.report({ kind: 'step-started', step, atMs }),
    end: (step: StepOf<'pull-image'>) =>
      reporter.report({ kind: 'step-done', step, warning: undefined, atMs }),
    tell(step: StepOf<'pull-image'>, layer: string, status: string, current?: number, total?: number) {
      atMs += 200;
      const sum = sums.get(step.id) ?? new TransferSum();
      sums.set(step.id, sum);
      const bytes = { currentBytes: current, totalBytes: total };
      const inAll = sum.add({ layer, status, ...bytes });
      const event = { kind: 'step-progress', step, part: layer, status, ...bytes, atMs } as const;
      reporter.report(inAll === undefined ? event : { ...event, inAll });
    },
  };
}

const web = pullOf(1, 'web:1');
const db = pullOf(2, 'db:1');

test('images on their way are at the end, with their layers, and gone when they are here', () => {
  const { begin, tell, end, screen } = world();
  begin(web);
  tell(web, 'aa', 'Pulling fs layer');
  tell(web, 'bb', 'Pulling fs layer');
  tell(web, 'aa', 'Downloading', 1_000_000, 4_000_000);
  tell(web, 'bb', 'Downloading', 1_000_000, 1_000_000);
  const during = screen();
  end(web);
  expect({ during, after: screen() }).toEqual({
    during: [
      ' Image web:1  Pulling',
      ' Image web:1  Downloading  2 layers',
      ' Image web:1  Downloading  2MB of 5MB (40%)  0 of 2 layers',
      '   aa  Downloading  1MB of 4MB (25%)',
      '   bb  Downloading  1MB of 1MB (100%)',
    ],
    after: [' Image web:1  Pulling', ' Image web:1  Downloading  2 layers', ' Image web:1  Pulled'],
  });
});

test('other lines go above what is drawn over', () => {
  const { tell, reporter, screen } = world();
  tell(web, 'aa', 'Downloading', 1, 4);
  tell(db, 'cc', 'Downloading', 1, 2);
  reporter.warn('something else');
  expect(screen().slice(-5)).toEqual([
    'warning  something else',
    ' Image web:1  Downloading  1B of 4B (25%)  0 of 1 layer',
    '   aa  Downloading  1B of 4B (25%)',
    ' Image db:1  Downloading  1B of 2B (50%)  0 of 1 layer',
    '   cc  Downloading  1B of 2B (50%)',
  ]);
});

test('where there is little room, layers are left out first, then images; and no line wraps', () => {
  const { tell, screen } = world(24, 5);
  tell(web, 'aa', 'Downloading', 1, 4);
  tell(db, 'cc', 'Downloading', 1, 2);
  const images = screen().slice(-2);
  tell(pullOf(3, 'c:1'), 'dd', 'Downloading', 1, 2);
  tell(pullOf(4, 'd:1'), 'ee', 'Downloading', 1, 2);
  expect([images, screen().slice(-3)]).toEqual([
    [' Image web:1  Download…', ' Image db:1  Downloadi…'],
    [' Image web:1  Download…', ' Image db:1  Downloadi…', ' and 2 more'],
  ]);
});
