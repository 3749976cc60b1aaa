import { expect, test } from 'vitest';
import { columnsOf, cutText, padText, rowOf } from '../../../../src/report/live/display-width.js';

test.each([
  ['plain', 5],
  ['数据库', 6],
  ['e\u0301te\u0301', 3],
  ['👩‍👩‍👧', 2],
  ['한글', 4],
  ['⠹ ━━─ ├└ ✘ · …', 14],
])('%s takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test('a text that is too long ends in dots, and never takes more than there is', () => {
  const cuts = [6, 5, 4, 3, 1, 0].map((columns) => cutText('数据库', columns));
  expect([
    cuts,
    cutText('e\u0301te\u0301', 2),
    cutText('abcdef', 4, 'ascii'),
    cutText('abc', 1, 'ascii'),
  ]).toEqual([['数据库', '数据…', '数…', '数…', '…', ''], ...['e\u0301…', 'ab..', '.']]);
});

test('blanks fill up to a width, and none are added to what has it', () => {
  expect([padText('数', 4), padText('abcd', 4), padText('abcde', 4)]).toEqual(['数  ', 'abcd', 'abcde']);
});

test('a row is cut at its end, and colours do not count', () => {
  const red = (text: string) => `<${text}>`;
  expect(
    rowOf([{ text: 'ab', paint: red }, { text: '  ', paint: red }, { text: 'cdef' }, { text: 'g' }], 6),
  ).toEqual({
    text: '<ab>  c…',
    columns: 6,
  });
});
