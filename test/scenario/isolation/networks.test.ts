import { expect } from 'vitest';
import { freePort } from '../../support/free-port.js';
import { scenario } from '../../support/scenario.js';
import { fetched, guest, server, shell } from '../../support/scenario-shell.js';

/** Its address in the first of its networks. */
const address = `ip -4 -o addr show eth0 | sed 's/.*inet \\([0-9.]*\\).*/\\1/'`;

scenario(
  'traffic passes within a network and never from one to another, by name or by address',
  async (stack) => {
    await stack.compose(`
services:
  web: ${server('web', 'networks: [front]')}
  near: ${guest('networks: [front]')}
  both: ${guest('networks: [front, back]')}
  far: ${guest('networks: [back]')}
networks:
  front:
  back:
`);
    await stack.up('--wait');
    const ip = await shell(stack, 'web-1', address);
    const reach = async (from: string) => [await fetched(stack, from, 'web'), await fetched(stack, from, ip)];
    expect({ near: await reach('near-1'), both: await reach('both-1'), far: await reach('far-1') }).toEqual({
      near: ['I am web', 'I am web'],
      both: ['I am web', 'I am web'],
      far: ['failed', 'failed'],
    });
  },
);

scenario('an internal network has no way out, but its members reach each other', async (stack) => {
  const port = await freePort();
  await stack.compose(`
services:
  world: ${server('world', `networks: [outer]\n    ports: ["${port}:80"]`)}
  open: ${guest('networks: [ordinary]')}
  locked: ${guest('networks: [vault]')}
  safe: ${server('safe', 'networks: [vault]')}
networks:
  outer:
  ordinary:
  vault: { internal: true }
`);
  await stack.up('--wait');
  const gateway = await shell(stack, 'open-1', `ip route | sed -n 's/^default via \\([0-9.]*\\).*/\\1/p'`);
  const seenFrom = async (container: string) => ({
    world: await fetched(stack, container, `${gateway}:${port}`),
    neighbour: await fetched(stack, container, 'safe'),
  });
  expect({ open: await seenFrom('open-1'), locked: await seenFrom('locked-1') }).toEqual({
    open: { world: 'I am world', neighbour: 'failed' },
    locked: { world: 'failed', neighbour: 'I am safe' },
  });
});

scenario('a port published on one address of the host answers there and nowhere else', async (stack) => {
  const [local, everywhere] = [await freePort(), await freePort()];
  await stack.compose(`
services:
  web: ${server('web', `ports: ["127.0.0.1:${local}:80", "${everywhere}:80"]`)}
  host: ${guest('network_mode: host')}
`);
  await stack.up('--wait');
  const gateway = await shell(stack, 'web-1', `ip route | sed -n 's/^default via \\([0-9.]*\\).*/\\1/p'`);
  const answers = (port: number) =>
    Promise.all(['127.0.0.1', gateway].map((host) => fetched(stack, 'host-1', `${host}:${port}`)));
  expect({ local: await answers(local), everywhere: await answers(everywhere) }).toEqual({
    local: ['I am web', 'failed'],
    everywhere: ['I am web', 'I am web'],
  });
});
