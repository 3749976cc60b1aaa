import { expect, test } from 'vitest';
import { parseLogTime } from '../../../src/cli/log-time.js';

const nowMs = Date.UTC(2026, 0, 2, 12);

test.each([
  ['1700000000', '1700000000'],
  ['42m', ((nowMs - 42 * 60_000) / 1000).toFixed(3)],
  ['1h30m', ((nowMs - 90 * 60_000) / 1000).toFixed(3)],
  ['2026-01-02T11:00:00Z', (Date.UTC(2026, 0, 2, 11) / 1000).toFixed(3)],
])('%s is a time', (text, seconds) => {
  expect(parseLogTime(text, nowMs)).toBe(seconds);
});

test.each(['yesterday', '', 'm5', '5 minutes'])('%j is none', (text) => {
  expect(() => parseLogTime(text, nowMs)).toThrow(expect.objectContaining({ code: 'usage/invalid' }));
});
