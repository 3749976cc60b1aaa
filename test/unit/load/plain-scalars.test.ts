import { describe, expect, test } from 'vitest';
import { resolvePlainScalar } from '../../../src/load/plain-scalars.js';

describe('an unquoted scalar', () => {
  test.each([
    ['', null],
    ['~', null],
    ['null', null],
    ['true', true],
    ['False', false],
    ['yes', 'yes'],
    ['on', 'on'],
    ['12', 12],
    ['-5', -5],
    ['0755', 493],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['1.50', 1.5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['.inf', Number.POSITIVE_INFINITY],
    ['22:22', '22:22'],
    ['1.2.3', '1.2.3'],
    ['0899', 899],
    ['-', '-'],
    ['+x', '+x'],
  ])('%j is %j', (source, value) => {
    expect(resolvePlainScalar(source)).toEqual({ value });
  });

  test('a long whole number is kept exactly', () => {
    expect(resolvePlainScalar('12345678901234567890').value === 12345678901234567890n).toBe(true);
  });

  test('a date is text of a type of its own', () => {
    expect(resolvePlainScalar('2024-01-01')).toEqual({ value: '2024-01-01', isTimestamp: true });
  });
});
