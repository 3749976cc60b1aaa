import { expect } from 'vitest';
import { freePort } from '../../support/free-port.js';
import { scenario } from '../../support/scenario.js';
import { fetched, guest, server, shell } from '../../support/scenario-shell.js';

const interfaces = `ls /sys/class/net | sort | tr '\\n' ' '`;
const addresses = 'ip -o addr | sort';

scenario('with network_mode host a port answers on the host without being published', async (stack) => {
  const port = await freePort();
  await stack.compose(`
services:
  onhost: ${server('the host', 'network_mode: host', port)}
  another: ${guest('network_mode: host')}
  apart: ${guest()}
`);
  await stack.up('--wait');
  expect({
    sameInterfaces:
      (await shell(stack, 'onhost-1', interfaces)) === (await shell(stack, 'another-1', interfaces)),
    published: (await stack.container('onhost-1')).ports,
    fromHost: await fetched(stack, 'another-1', `127.0.0.1:${port}`),
    fromItsOwnNetwork: await fetched(stack, 'apart-1', `127.0.0.1:${port}`),
  }).toEqual({
    sameInterfaces: true,
    published: [],
    fromHost: 'I am the host',
    fromItsOwnNetwork: 'failed',
  });
});

scenario('with network_mode none there is loopback and nothing else', async (stack) => {
  await stack.compose(`
services:
  alone: ${server('alone', 'network_mode: none')}
`);
  await stack.up('--wait');
  expect({
    interfaces: await shell(stack, 'alone-1', interfaces),
    routes: await shell(stack, 'alone-1', 'ip route'),
    itself: await fetched(stack, 'alone-1', '127.0.0.1'),
  }).toEqual({ interfaces: 'lo', routes: '', itself: 'I am alone' });
});

scenario('network_mode service: shares address and ports with that service', async (stack) => {
  await stack.compose(`
services:
  web: ${server('web')}
  side: ${server('side', 'network_mode: "service:web"', 8080)}
  guest: ${guest()}
`);
  await stack.up('--wait');
  expect({
    sameAddresses: (await shell(stack, 'side-1', addresses)) === (await shell(stack, 'web-1', addresses)),
    webFromSide: await fetched(stack, 'side-1', '127.0.0.1'),
    sideFromWeb: await fetched(stack, 'web-1', '127.0.0.1:8080'),
    sideAtAddressOfWeb: await fetched(stack, 'guest-1', 'web:8080'),
    takenPort: await shell(stack, 'side-1', 'timeout 1 httpd -f -p 80'),
  }).toEqual({
    sameAddresses: true,
    webFromSide: 'I am web',
    sideFromWeb: 'I am side',
    sideAtAddressOfWeb: 'I am side',
    takenPort: 'failed',
  });
});

scenario('network_mode container: joins a container of another project', async (stack) => {
  const other = await stack.neighbour();
  await other.compose(`
services:
  web: ${server('other')}
`);
  await other.up('--wait');
  await stack.compose(`
services:
  side: ${guest(`network_mode: "container:${other.project}-web-1"`)}
`);
  await stack.up();
  expect({
    sameAddresses: (await shell(stack, 'side-1', addresses)) === (await shell(other, 'web-1', addresses)),
    fromInside: await fetched(stack, 'side-1', '127.0.0.1'),
    networks: await stack.engine.listNetworks(stack.project),
    planAfterwards: (await stack.run('plan')).exitCode,
  }).toEqual({ sameAddresses: true, fromInside: 'I am other', networks: [], planAfterwards: 0 });
});
