import { expect, test } from 'vitest';
import { textColumns } from '../../../src/load/text-columns.js';

test('cells stand below each other, and one that is too long pushes its own row only', () => {
  const rows = [
    ['a', 'b', 'c'],
    ['aaa', '', 'c'],
    ['aaaaaaaaaa', 'b', ''],
  ];
  expect(textColumns(rows, 5)).toEqual(['a    b  c', 'aaa     c', 'aaaaaaaaaa  b']);
});
