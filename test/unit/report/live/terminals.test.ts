import { describe, expect, test } from 'vitest';
import { whenNarrowed } from '../../../../src/cli/live-terminal.js';
import { elapsedText } from '../../../../src/report/live/elapsed.js';
import { showsUnicode } from '../../../../src/report/live/glyphs.js';
import { eraseRows } from '../../../../src/report/live/paint-rows.js';

describe('which signs a terminal shows', () => {
  test.each([
    ['linux', { TERM: 'xterm-256color' }, true],
    ['linux', {}, true],
    ['linux', { TERM: 'linux' }, false],
    ['win32', {}, false],
    ['win32', { WT_SESSION: 'x' }, true],
    ['win32', { TERM_PROGRAM: 'vscode' }, true],
    ['win32', { TERM: 'xterm-256color' }, true],
    ['darwin', { TERM_PROGRAM: 'Apple_Terminal' }, true],
  ])('%s with %o has more than ASCII: %s', (platform, environment, expected) => {
    expect(showsUnicode(new Map(Object.entries(environment)), platform)).toBe(expected);
  });
});

describe('what a terminal does with long rows when it becomes narrower', () => {
  test.each([
    [{ TERM: 'xterm-256color' }, 'wraps'],
    [{ TERM: 'screen', TMUX: 'x', STY: 'y' }, 'wraps'],
    [{ TERM: 'xterm', XTERM_VERSION: 'XTerm(390)' }, 'cuts'],
    [{ TERM: 'screen', STY: 'x' }, 'cuts'],
    [{ TERM: 'linux' }, 'cuts'],
  ])('%o: it %s', (environment, expected) => {
    expect(whenNarrowed(new Map(Object.entries(environment)))).toBe(expected);
  });

  test('rows that were wrapped take several, and rows that were cut one', () => {
    const rows = [25, 10, 25].map((columns) => ({ text: '', columns }));
    const cursorUp = (when: 'wraps' | 'cuts') => Number(/\[(\d+)A/.exec(eraseRows(rows, 10, when))?.[1]);
    expect([cursorUp('wraps'), cursorUp('cuts')]).toEqual([4, 2]);
  });
});

test.each([
  [-5, '0.0s'],
  [420, '0.4s'],
  [59_949, '59.9s'],
  [59_950, '1m00s'],
  [125_000, '2m05s'],
  [3_725_000, '1h02m'],
  [100_000_000, '27h'],
])('%i ms is %s', (ms, text) => {
  expect(elapsedText(ms)).toBe(text);
});
