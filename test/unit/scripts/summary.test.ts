import { expect, test } from 'vitest';
import { pageText } from '../../../scripts/setup/page-text.mjs';
import { rowsByRoom } from '../../../scripts/setup/summary-table.mjs';

function file(name: string, statuses: string[], durationMs: number) {
  return {
    name,
    status: statuses.includes('failed') ? 'failed' : 'passed',
    startTime: 1000,
    endTime: 1000 + durationMs,
    assertionResults: statuses.map((status) => ({ status })),
  };
}

test('the summary has one row for each room of test/, with the sum of its tests and times', () => {
  const report = {
    testResults: [
      file('unit/plan/a.test.ts', ['passed', 'passed'], 20),
      file('unit/load/b.test.ts', ['passed', 'failed', 'skipped'], 30),
      file('architecture.test.ts', ['passed'], 5),
    ],
  };
  expect(rowsByRoom(report, (name: string) => name)).toEqual([
    { name: 'architecture', outcome: 'passed', count: '1 passed', durationMs: 5 },
    { name: 'unit', outcome: 'failed', count: '3 passed, 1 failed, 1 skipped', durationMs: 50 },
  ]);
});

test('a file that cannot be loaded makes its room fail', () => {
  const report = { testResults: [{ ...file('unit/a.test.ts', [], 0), status: 'failed' }] };
  expect(rowsByRoom(report, (name: string) => name)).toEqual([
    { name: 'unit', outcome: 'failed', count: '0 passed', durationMs: 0 },
  ]);
});

test('a page is shown as its words, without what only a browser can use', () => {
  const page =
    '<!doctype html>\n<title>T</title>\n<h1>Guests &amp; co</h1>\n<ul>\n<li>a &lt;b></li>\n</ul>\n<form>\n<input>\n</form>';
  expect(pageText(page)).toEqual(['Guests & co', '- a <b>']);
});
