import { expect, test } from 'vitest';
import { containerFromList, type ListedContainer } from '../../../../src/engine/docker/from-list.js';

const listed: ListedContainer = {
  Id: 'abc',
  Names: ['/app-web-1'],
  Image: 'web:1',
  ImageID: 'sha256:1',
  Command: 'sleep 600',
  Created: 1_700_000_000,
  State: 'running',
  Status: 'Up 2 minutes',
  Labels: {
    'com.docker.compose.service': 'web',
    'com.docker.compose.container-number': '2',
    'com.docker.compose.oneoff': 'False',
  },
  Ports: null,
  Mounts: null,
  NetworkSettings: { Networks: null },
};

test.each([
  ['running', 'Up 2 minutes', undefined, undefined],
  ['running', 'Up 2 minutes (healthy)', 'healthy', undefined],
  ['running', 'Up 2 minutes (unhealthy)', 'unhealthy', undefined],
  ['running', 'Up 1 second (health: starting)', 'starting', undefined],
  ['paused', 'Up 2 minutes (Paused)', undefined, undefined],
  ['exited', 'Exited (0) 5 minutes ago', undefined, 0],
  ['exited', 'Exited (137) About a minute ago', undefined, 137],
  ['exited', 'Exited (143) 2 seconds ago (unhealthy)', undefined, 143],
  ['restarting', 'Restarting (1) 3 seconds ago', undefined, undefined],
  ['created', 'Created', undefined, undefined],
])('%s, "%s": health %s, exit code %s', (State, Status, health, exitCode) => {
  const container = containerFromList({ ...listed, State, Status });
  expect([container.state, container.health, container.exitCode]).toEqual([State, health, exitCode]);
});

test('the name is the one that is no alias of a link', () => {
  expect(containerFromList({ ...listed, Names: ['/app-db-1/web', '/app-web-1'] }).name).toBe('app-web-1');
});

test('networks, mounts and ports come in our words and in one order', () => {
  const container = containerFromList({
    ...listed,
    NetworkSettings: { Networks: { b: { NetworkID: '2' }, a: { NetworkID: '1' } } },
    Mounts: [
      { Type: 'volume', Name: 'v', Source: '/var/v', Destination: '/z', RW: true },
      { Type: 'bind', Source: '/s', Destination: '/a', RW: false },
    ],
    Ports: [
      { IP: '::', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' },
      { PrivatePort: 53, Type: 'udp' },
    ],
  });
  expect({ networks: container.networks, mounts: container.mounts, ports: container.ports }).toEqual({
    networks: new Map([
      ['a', { networkId: '1' }],
      ['b', { networkId: '2' }],
    ]),
    mounts: [
      { type: 'bind', volumeName: undefined, source: '/s', target: '/a', isReadOnly: true },
      { type: 'volume', volumeName: 'v', source: '/var/v', target: '/z', isReadOnly: false },
    ],
    ports: [
      { target: 53, protocol: 'udp', published: undefined, hostIp: undefined },
      { target: 80, protocol: 'tcp', published: 8080, hostIp: '0.0.0.0' },
      { target: 80, protocol: 'tcp', published: 8080, hostIp: '::' },
    ],
  });
});

test('a one-off has no number', () => {
  const labels = { 'com.docker.compose.service': 'web', 'com.docker.compose.oneoff': 'True' };
  const { isOneOff, number } = containerFromList({ ...listed, Labels: labels });
  expect({ isOneOff, number }).toEqual({ isOneOff: true, number: undefined });
});
