import { describe, expect, test } from 'vitest';
import { isSameAddress, isSameSubnet, parseIpAddress } from '../../../../src/plan/resource/ip-address.js';

describe('addresses', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1/24'],
    ['fd00::1', 'FD00:0:0:0:0:0:0:1'],
    ['fd00::1/64', 'fd00:0::0:1'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
    ['::', '0:0:0:0:0:0:0:0'],
    ['what the engine says', 'what the engine says'],
  ])('%s is %s', (a, b) => {
    expect(isSameAddress(a, b)).toBe(true);
  });

  test.each([
    ['10.0.0.1', '10.0.0.2'],
    ['10.0.0.1', '::a00:1'],
    ['fd00::1', 'fd00::2'],
  ])('%s is not %s', (a, b) => {
    expect(isSameAddress(a, b)).toBe(false);
  });

  test.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.1/33',
    'fd00::1::2',
    '1:2:3:4:5:6:7',
    'fd00::g',
    '10.0.0.1/8/8',
  ])('"%s" is none', (text) => {
    expect(parseIpAddress(text)).toBeUndefined();
  });
});

describe('subnets', () => {
  test.each([
    ['172.30.0.9/16', '172.30.0.0/16'],
    ['fd00:1::5/64', 'fd00:1:0:0::/64'],
    ['0.0.0.0/0', '10.0.0.0/0'],
  ])('%s is %s', (a, b) => {
    expect(isSameSubnet(a, b)).toBe(true);
  });

  test.each([
    ['172.30.0.0/16', '172.30.0.0/17'],
    ['172.30.0.0/16', '172.31.0.0/16'],
  ])('%s is not %s', (a, b) => {
    expect(isSameSubnet(a, b)).toBe(false);
  });
});
