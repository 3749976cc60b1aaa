import { describe, expect, test } from 'vitest';
import { isIpAddress, parsePortSpec } from '../../../src/load/canonical/port-spec.js';
import { parseVolumeSpec } from '../../../src/load/canonical/volume-spec.js';

describe('a port', () => {
  test.each([
    ['80', [{ target: 80, protocol: 'tcp' }]],
    ['8080:80/UDP', [{ target: 80, published: '8080', protocol: 'udp' }]],
    ['127.0.0.1::80', [{ hostIp: '127.0.0.1', target: 80, protocol: 'tcp' }]],
    ['[::1]:1:2', [{ hostIp: '::1', target: 2, published: '1', protocol: 'tcp' }]],
    ['::1:1:2', [{ hostIp: '::1', target: 2, published: '1', protocol: 'tcp' }]],
    ['8000-9000:80', [{ target: 80, published: '8000-9000', protocol: 'tcp' }]],
    [
      '90-91:80-81',
      [
        { target: 80, published: '90', protocol: 'tcp' },
        { target: 81, published: '91', protocol: 'tcp' },
      ],
    ],
  ])('%s is read in full', (spec, ports) => {
    expect(parsePortSpec(spec)).toEqual({ ok: true, ports });
  });

  test.each([
    ['80/abc', 'invalid proto: abc'],
    ['8000-8002:80-81', 'invalid ranges for container and host ports: 80-81 and 8000-8002'],
    ['x:80', 'invalid host port: x'],
    ['80:y', 'invalid container port: y'],
    ['80:', 'no container port in "80:"'],
    ['70000', 'invalid container port: 70000'],
    ['local:1:2', 'invalid IP address: local'],
  ])('%s is wrong', (spec, message) => {
    expect(parsePortSpec(spec)).toEqual({ ok: false, message });
  });
});

test.each([
  ['1.2.3.4', true],
  ['1.2.3', false],
  ['1.2.3.256', false],
  ['::', true],
  ['fe80::1%eth0', true],
  ['1:2:3:4:5:6:7:8', true],
  ['1:2:3:4:5:6:7', false],
  ['::ffff:1.2.3.4', true],
  ['1::2::3', false],
  ['localhost', false],
])('%s is an IP address: %s', (text, isAddress) => {
  expect(isIpAddress(text)).toBe(isAddress);
});

describe('a volume', () => {
  const plain = { isReadOnly: false, nocopy: false, hasOptions: true };

  test.each([
    ['/data', { type: 'volume', target: '/data', ...plain }],
    ['data:/d', { type: 'volume', source: 'data', target: '/d', ...plain }],
    ['./a:/d:ro,z', { type: 'bind', source: './a', target: '/d', ...plain, isReadOnly: true, selinux: 'z' }],
    ['/a:/d:rslave', { type: 'bind', source: '/a', target: '/d', ...plain, propagation: 'rslave' }],
    ['d:/x:nocopy', { type: 'bind', source: 'd:/x', target: 'nocopy', ...plain }],
    ['data:/x:nocopy', { type: 'volume', source: 'data', target: '/x', ...plain, nocopy: true }],
    ['C:\\a:/d', { type: 'bind', source: 'C:\\a', target: '/d', ...plain }],
    ['v:/v', { type: 'volume', target: 'v:/v', ...plain }],
    ['/c', { type: 'volume', target: '/c', ...plain, hasOptions: false }],
  ])('%s is read in full', (spec, volume) => {
    expect(parseVolumeSpec(spec)).toEqual({ ok: true, volume });
  });

  test.each([
    ['', 'a volume is an empty text'],
    [':/abc', '":/abc" has an empty section between colons'],
    ['/a:/b:ro:x', '"/a:/b:ro:x" has too many colons'],
  ])('%j is wrong', (spec, message) => {
    expect(parseVolumeSpec(spec)).toEqual({ ok: false, message });
  });
});
