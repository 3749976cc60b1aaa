import { expect, test } from 'vitest';
import { naturalOrder } from '../../../src/model/order.js';

test('numbers in names count as numbers', () => {
  const names = ['web-10', 'web-2', 'web', 'db', '10', '9a', 'web-2-b', 'web-02'];
  expect(names.sort(naturalOrder)).toEqual(['9a', '10', 'db', 'web', 'web-02', 'web-2', 'web-2-b', 'web-10']);
});
