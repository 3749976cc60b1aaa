import { expect, test } from 'vitest';
import { KeptText } from '../../../src/compat/kept-text.js';

function kept(keep: 'beginning' | 'end', limit: number, ...chunks: readonly (string | Uint8Array)[]) {
  const text = new KeptText(keep, limit);
  for (const chunk of chunks) text.push(Buffer.from(chunk as string));
  return text.end();
}

test('what fits is kept whole, and a character that is cut between two chunks is one', () => {
  const [a, b] = [Buffer.from('ä').subarray(0, 1), Buffer.from('ä').subarray(1)];
  expect(kept('beginning', 3, 'x', a, b, 'y')).toEqual({ text: 'xäy', isTruncated: false });
});

test.each([
  ['beginning', 'abcd'],
  ['end', 'defg'],
] as const)('of what is too much the %s is kept', (keep, text) => {
  expect(kept(keep, 4, 'ab', 'cde', 'fg')).toEqual({ text, isTruncated: true });
});

test('nothing is kept where nothing is wanted', () => {
  expect([kept('end', 0, 'ab'), kept('beginning', 0, 'ab'), kept('end', 0)]).toEqual([
    { text: '', isTruncated: true },
    { text: '', isTruncated: true },
    { text: '', isTruncated: false },
  ]);
});
