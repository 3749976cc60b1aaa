import { expect, test } from 'vitest';
import { endpointOf } from '../../../src/client/endpoint.js';

test.each([
  ['unix:///var/run/docker.sock', '0.0.0.0', '127.0.0.1:80'],
  ['npipe:////./pipe/docker_engine', '::', '127.0.0.1:80'],
  ['unix:///var/run/docker.sock', '127.0.0.2', '127.0.0.2:80'],
  ['unix:///var/run/docker.sock', '::1', '[::1]:80'],
  ['tcp://10.0.0.7:2375', '0.0.0.0', '10.0.0.7:80'],
  ['tcp://[fd00::7]:2376', '', '[fd00::7]:80'],
  ['ssh://me@build-server:2222', '0.0.0.0', 'build-server:80'],
])('with an engine at %s, a port on "%s" is reached at %s', (engine, hostIp, address) => {
  expect(endpointOf(engine, { hostIp, port: 80 }).address).toBe(address);
});

test('an endpoint is a URL of any scheme', () => {
  const endpoint = endpointOf('unix:///x', { hostIp: '0.0.0.0', port: 5432 });
  expect([endpoint.url(), endpoint.url('postgres')]).toEqual([
    'http://127.0.0.1:5432',
    'postgres://127.0.0.1:5432',
  ]);
});
