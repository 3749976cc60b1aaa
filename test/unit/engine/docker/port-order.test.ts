import { expect, test } from 'vitest';
import { containerFromList } from '../../../../src/engine/docker/from-list.js';

test('ports are told by their number, and of one port the IPv4 address first, whatever the host ports', () => {
  const { ports } = containerFromList({
    ...{ Id: 'a', Names: ['/a'], Image: 'i', ImageID: 'i', Command: '', Created: 0, State: 'running' },
    ...{ Status: 'Up', Labels: null, Mounts: null },
    Ports: [
      { IP: '::', PrivatePort: 443, PublicPort: 32769, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 443, PublicPort: 32770, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 40000, Type: 'tcp' },
    ],
  });
  expect(ports.map(({ hostIp, published }) => `${hostIp} ${published}`)).toEqual([
    '0.0.0.0 40000',
    '0.0.0.0 32770',
    ':: 32769',
  ]);
});
