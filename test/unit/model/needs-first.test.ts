import { expect, test } from 'vitest';
import { needsFirst } from '../../../src/model/needs-first.js';

const order = (needs: Readonly<Record<string, readonly string[]>>) =>
  needsFirst(Object.keys(needs), (name) => needs[name] ?? []);

test('each name comes after what it needs, and otherwise as it was given', () => {
  expect(order({ c: ['b'], a: [], b: ['a'], d: [] })).toEqual(['a', 'b', 'c', 'd']);
});

test('what several need is there once', () => {
  expect(order({ a: ['base'], b: ['base'], base: [] })).toEqual(['base', 'a', 'b']);
});

test('what is only needed is there too', () => {
  expect(order({ a: ['b'] })).toEqual(['b', 'a']);
});

test('a circle is cut where it closes', () => {
  expect(order({ a: ['b'], b: ['c'], c: ['a'] })).toEqual(['c', 'b', 'a']);
});

test('a chain may be longer than the stack is deep, and every name is looked at once', () => {
  const length = 100_000;
  const names = Array.from({ length }, (_, at) => String(at));
  let looks = 0;
  const found = needsFirst(names, (name) => {
    looks += 1;
    return Number(name) + 1 < length ? [String(Number(name) + 1)] : [];
  });
  expect({ looks, found }).toEqual({ looks: length, found: names.toReversed() });
});
