import { expect, test } from 'vitest';
import { parseScale } from '../../../src/cli/scale-arguments.js';

test('each argument gives a service its number', () => {
  expect(parseScale(['web=3', 'db=0'])).toEqual(
    new Map([
      ['web', 3],
      ['db', 0],
    ]),
  );
});

test.each([
  ['web', 'invalid scale specifier: web'],
  ['=2', 'invalid scale specifier: =2'],
  ['web=1=2', 'invalid scale specifier: web=1=2'],
  ['web=x', "invalid scale specifier: can't parse replica value as int: web=x"],
  ['web=-1', "invalid scale specifier: can't parse replica value as int: web=-1"],
])('%j is refused', (argument, message) => {
  expect(() => parseScale([argument])).toThrow(message);
});
