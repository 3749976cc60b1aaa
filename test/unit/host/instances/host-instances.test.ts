import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hostInstances } from '../../../../src/host/instances/host-instances.js';
import { fileLocks } from '../../../../src/host/lock/file-locks.js';
import type { PublishedPort } from '../../../../src/model/engine-machine.js';
import type { InstanceClaim, InstanceGrant, Instances } from '../../../../src/model/instance.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-instances-'));
  for (const name of ['one', 'two', 'three']) await mkdir(join(folder, name));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** This machine with ports from 21000 to 21009, as one more process of this user sees it. */
function machine(published: readonly PublishedPort[] = [], last = 21_009): Instances {
  const surroundings = { environment: new Map([['XDG_STATE_HOME', folder]]), homeDir: '' };
  const processes = { pid: process.pid, isRunning: () => true };
  const clock = { nowMs: () => 0 };
  return hostInstances({
    ...surroundings,
    lock: fileLocks({ ...surroundings, clock, processes }, { waiting: () => {}, impossible: () => {} }),
    enginePorts: async () => ({ machine: 'here', published }),
    range: async () => ({ first: 21_000, last }),
  });
}

function claimOf(name: string, given: Partial<InstanceClaim> = {}): InstanceClaim {
  const wishes = [{ key: 'web 80', count: 1 }];
  const directory = join(folder, name);
  const more = { wishes, avoid: new Set<number>(), check: 'free', elsewhere: 'refuse' } as const;
  return { project: `app--${name}`, instance: name, directory, ...more, ...given };
}

function portOf(grant: InstanceGrant): number {
  return grant.kind === 'granted' ? (grant.ports.get('web 80') ?? 0) : 0;
}

function published(port: number, project: string | undefined): PublishedPort {
  return { port, protocol: 'tcp', hostIp: '0.0.0.0', container: 'x', project };
}

test('an instance has the same ports each time, whoever asks', async () => {
  const first = portOf(await machine().claim(claimOf('one')));
  const again = [
    portOf(await machine().claim(claimOf('one'))),
    portOf(await machine().claim(claimOf('one', { check: 'remembered' }))),
  ];
  expect(again).toEqual([first, first]);
});

test('instances that ask at the same time get different ports, and as many as there are', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `i${index}`);
  for (const name of names) await mkdir(join(folder, name));
  const ports = await Promise.all(names.map(async (name) => portOf(await machine().claim(claimOf(name)))));
  expect(ports.sort()).toEqual(names.map((_, index) => 21_000 + index));
});

test('a port that a container of somebody else has by now is replaced, and it is said who has it', async () => {
  const port = portOf(await machine().claim(claimOf('one')));
  const grant = await machine([published(port, 'other')]).claim(claimOf('one'));
  expect([grant, portOf(grant) === port]).toMatchObject([
    { replaced: [{ key: 'web 80', port, holder: 'container x of project other' }] },
    false,
  ]);
});

test('a port that a program has by now is replaced, and stays replaced', async () => {
  const port = portOf(await machine().claim(claimOf('one')));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const moved = portOf(await machine().claim(claimOf('one')));
  await new Promise((resolve) => server.close(resolve));
  expect([moved === port, portOf(await machine().claim(claimOf('one'))) === moved]).toEqual([false, true]);
});

test('a port that the instance itself publishes is no reason to look for another', async () => {
  const port = portOf(await machine().claim(claimOf('one')));
  expect(portOf(await machine([published(port, 'app--one')]).claim(claimOf('one')))).toBe(port);
});

test('who only looks gets the ports as they are written down, whoever has them', async () => {
  const port = portOf(await machine().claim(claimOf('one')));
  const look = claimOf('one', { check: 'remembered' });
  expect(portOf(await machine([published(port, 'other')]).claim(look))).toBe(port);
});

test('ports of the files, of containers and of other instances are given to nobody', async () => {
  const other = portOf(await machine([], 21_002).claim(claimOf('one')));
  const rest = [21_000, 21_001, 21_002].filter((port) => port !== other);
  const avoid = new Set(rest.slice(0, 1));
  const taken = [published(rest[1] ?? 0, undefined)];
  expect(await machine(taken, 21_002).claim(claimOf('two', { avoid }))).toEqual({
    kind: 'no-room',
    key: 'web 80',
  });
});

test('an instance of another directory is refused with it, adopted when that is asked for, and free once it is gone', async () => {
  const project = 'app--x';
  const asked = async (name: string, more: Partial<InstanceClaim> = {}) =>
    (await machine().claim(claimOf(name, { project, ...more }))).kind;
  const before = [
    await asked('one'),
    await asked('two'),
    await asked('two', { elsewhere: 'adopt' }),
    await asked('one'),
  ];
  await rm(join(folder, 'two'), { recursive: true });
  expect([...before, await asked('three')]).toEqual([
    'granted',
    'elsewhere',
    'granted',
    'elsewhere',
    'granted',
  ]);
});

test('an instance whose directory is gone gives its ports back, and is forgotten', async () => {
  await machine([], 21_000).claim(claimOf('one'));
  await rm(join(folder, 'one'), { recursive: true });
  const port = portOf(await machine([], 21_000).claim(claimOf('two')));
  expect([port, await readdir(join(folder, 'tscompose/instances'))]).toEqual([21_000, ['app--two.json']]);
});

test('rows of ports are next to each other, and a row of another length is another row', async () => {
  const row = (count: number) => claimOf('one', { wishes: [{ key: 'web 80', count }] });
  const long = portOf(await machine().claim(row(10)));
  expect([long, await machine().claim(row(11))]).toEqual([21_000, { kind: 'no-room', key: 'web 80' }]);
});

test('where nothing can be written down, ports are given with the reason why they may be others', async () => {
  const surroundings = { environment: new Map<string, string>(), homeDir: '' };
  const lock = { acquire: async () => ({ release: async () => {} }) };
  const instances = hostInstances({ ...surroundings, lock, enginePorts: async () => undefined });
  expect(await instances.claim(claimOf('one'))).toMatchObject({
    kind: 'granted',
    forgottenBecause: expect.stringContaining('/dev/null'),
  });
});
