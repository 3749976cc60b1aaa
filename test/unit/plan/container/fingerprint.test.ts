import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  differingFields,
  fingerprintOf,
  formatFingerprint,
  parseFingerprint,
} from '../../../../src/plan/container/fingerprint.js';
import { canonicalText } from '../../../../src/plan/text/canonical-text.js';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const of = (fields: Readonly<Record<string, unknown>>) =>
  fingerprintOf(
    Object.entries(fields).map(([id, value]) => ({ id, value })),
    digest,
  );

describe('a fingerprint', () => {
  test('survives the way through a label', () => {
    const fingerprint = of({ image: 'web', 'environment.A': '1' });
    expect(parseFingerprint(formatFingerprint(fingerprint))).toEqual(fingerprint);
  });

  test('does not depend on the order of members', () => {
    expect(formatFingerprint(of({ a: { x: 1, y: 2 }, b: 1 }))).toBe(
      formatFingerprint(of({ b: 1, a: { y: 2, x: 1 } })),
    );
  });

  test('holds no values', () => {
    expect(formatFingerprint(of({ 'environment.PASSWORD': 'hunter2' }))).not.toMatch('hunter2');
  });

  test.each([undefined, '', 'nonsense', '0 {}', '1 {'])('is not read from %j', (label) => {
    expect(parseFingerprint(label)).toBeUndefined();
  });
});

test('what differs is told field by field: changed and new ones, then those that are gone', () => {
  expect(differingFields(of({ a: 1, b: 1, gone: 1 }), of({ a: 1, b: 2, fresh: 1 }))).toEqual([
    'b',
    'fresh',
    'gone',
  ]);
});

describe('the canonical text', () => {
  test.each<[unknown, unknown]>([
    [
      new Map([
        ['b', 1],
        ['a', 2],
      ]),
      { a: 2, b: 1 },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ x: [new Map([['k', 'v']])] }, { x: [{ k: 'v' }] }],
  ])('of %j is that of %j', (left, right) => {
    expect(canonicalText(left)).toBe(canonicalText(right));
  });

  test('keeps the order of lists', () => {
    expect(canonicalText([2, 1])).not.toBe(canonicalText([1, 2]));
  });
});
