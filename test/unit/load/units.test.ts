import { describe, expect, test } from 'vitest';
import { formatGoNumber, shortestFloat32 } from '../../../src/load/go-format.js';
import { formatDuration, parseByteSize, parseDuration } from '../../../src/load/units.js';

describe('durations', () => {
  test.each([
    ['90s', '1m30s'],
    ['1d', '24h0m0s'],
    ['2w', '336h0m0s'],
    ['0', '0s'],
    ['1.5h', '1h30m0s'],
    ['1500ms', '1.5s'],
    ['100us', '100µs'],
    ['250ns', '250ns'],
    ['1h5m30s20ms', '1h5m30.02s'],
    ['-5s', '-5s'],
  ])('%s is printed as %s', (text, printed) => {
    expect(formatDuration(parseDuration(text) as bigint)).toBe(printed);
  });

  test.each(['', 'ten', '5', '1x', 's', '1m 5s', '1m5'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('sizes', () => {
  test.each([
    ['2b', 2n],
    ['1024kb', 1_048_576n],
    ['1.5g', 1_610_612_736n],
    ['64 m', 67_108_864n],
    ['1GiB', 1_073_741_824n],
    ['-1', -1n],
    ['9007199254740993', 9_007_199_254_740_993n],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseByteSize(text)).toBe(bytes);
  });

  test.each(['', 'big', '5zb', '1,5g', 'm'])('%j is none', (text) => {
    expect(parseByteSize(text)).toBeUndefined();
  });
});

describe('numbers as text', () => {
  test.each([
    [1.5, '1.5'],
    [1e-7, '1e-07'],
    [1e21, '1e+21'],
    [123_456_789_012, '123456789012'],
    [0.0001, '0.0001'],
    [12345678901234567890n, '12345678901234567890'],
    [Number.POSITIVE_INFINITY, '+Inf'],
  ])('%d is written %s', (number, text) => {
    expect(formatGoNumber(number)).toBe(text);
  });

  test('a number of 32 bits is written as short as it can be', () => {
    expect([0.1, 0.123456789, 3, 1.5].map(shortestFloat32)).toEqual([0.1, 0.12345679, 3, 1.5]);
  });
});
