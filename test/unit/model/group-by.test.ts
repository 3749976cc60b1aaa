import { expect, test } from 'vitest';
import { groupBy } from '../../../src/model/group-by.js';

test('groups come in the order of their first items, and items in their own', () => {
  const groups = groupBy(['bee', 'ant', 'bat', 'ape'], (word) => word[0]);
  expect([...groups]).toEqual([
    ['b', ['bee', 'bat']],
    ['a', ['ant', 'ape']],
  ]);
});
