import { expect, test } from 'vitest';
import { naturalOrder } from '../../../src/report/natural-order.js';

test('names are in the order in which people count, whatever case they are in', () => {
  const names = ['web-10', 'web-2', 'Web-1', 'web', 'db', '10', '9a', 'web-2-b', 'WEB-2', 'web-02'];
  expect(names.sort(naturalOrder)).toEqual([
    ...['9a', '10', 'db', 'web', 'Web-1'],
    ...['WEB-2', 'web-02', 'web-2', 'web-2-b', 'web-10'],
  ]);
});
