import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { rows as all } from '../../bench/goals.mjs';
import { chart } from '../../bench/report/chart.mjs';
import { caseOf, glance } from '../../bench/report/glance.mjs';
import { judged } from '../../bench/report/judge.mjs';
import { goalsOf, readResults } from '../../bench/report/results-files.mjs';
import { withTable } from '../../bench/report/table-in-page.mjs';

interface Row {
  readonly group: string;
  readonly case: string;
  readonly atMost?: number;
}

interface Found {
  readonly goals?: readonly object[];
}

const rows: readonly Row[] = all;
const goals = rows.filter(({ atMost }) => atMost !== undefined);
const docs = resolve(import.meta.dirname, '../../docs');
const results = readResults(resolve(import.meta.dirname, '../../bench/results'));
const text = (path: string) => readFileSync(join(docs, path), 'utf8');

/** `npm run bench:docs` writes all three. */
test('the table in docs/performance.md is what the results give', () => {
  const page = text('performance.md');
  expect(page).toBe(withTable(page, glance(rows, results)));
});

test('the picture in docs/performance.md is what the results give', () => {
  expect(text('images/performance.svg')).toBe(chart(rows, results));
});

test('the results say of each goal of today whether it is met', () => {
  const cases: { group: string; found: Found }[] = [...results.values()].flatMap(({ group, cases }) =>
    cases.map((found: Found) => ({ group, found })),
  );
  const told = cases.flatMap(({ found }) => found.goals ?? []);
  expect(told).toEqual(cases.flatMap(({ group, found }) => goalsOf(group, found)));
});

test.each(goals)('$group, $case: its goal can be judged', (row) => {
  expect(judged(row, caseOf(row, results)).isMet).toBeTypeOf('boolean');
});
