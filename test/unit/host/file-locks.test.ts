import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileLocks, lockFileName } from '../../../src/host/lock/file-locks.js';
import { type LockOwner, ownerHere } from '../../../src/host/lock/lock-owner.js';
import type { LockHolder, LockNews, ProjectLock } from '../../../src/model/project-lock.js';
import { CancelledError } from '../../../src/problems/errors.js';

const claim = { engine: 'unix:///run/docker.sock', project: 'app', command: 'up', directory: '/srv/app' };
const processes = { pid: process.pid, isRunning: () => true };
const goneForEver = { pid: 2 ** 30, startTicks: '1' };

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tscompose-locks-'));
});

afterEach(() => rm(home, { recursive: true }));

/** Locks as another process would have them, and what they tell. */
function locks(homeDir = home, nowMs = 1000): { lock: ProjectLock; told: unknown[] } {
  const told: unknown[] = [];
  const news: LockNews = {
    waiting: ({ command, directory, sinceMs, otherHost }: LockHolder) =>
      told.push({ command, directory, sinceMs, otherHost }),
    impossible: (why) => told.push(why.replaceAll(home, '~')),
  };
  const clock = { nowMs: () => nowMs };
  return { lock: fileLocks({ environment: new Map(), homeDir, clock, processes }, news), told };
}

function directory(): string {
  return join(home, '.local/state/tscompose/locks');
}

function files(): Promise<string[]> {
  return readdir(directory());
}

/** What a process has left that was killed, or is out of sight. */
async function leave(more: Partial<LockOwner>, suffix = ''): Promise<LockOwner> {
  const owner = { ...(await ownerHere(claim, processes, 500)), ...more };
  await mkdir(directory(), { recursive: true });
  await writeFile(join(directory(), `${lockFileName(claim)}${suffix}`), JSON.stringify(owner));
  return owner;
}

test('who comes second is told who holds it, and gets it once it is released', async () => {
  const [first, second] = [locks(), locks()];
  const order: string[] = [];
  const held = await first.lock.acquire({ ...claim, command: 'down' });
  const waiting = second.lock.acquire(claim).then(async (lock) => {
    order.push('second');
    await lock.release();
  });
  await expect.poll(() => second.told).toHaveLength(1);
  order.push('release');
  await held.release();
  await waiting;
  const down = { command: 'down', directory: '/srv/app', sinceMs: 1000, otherHost: undefined };
  expect({ order, told: second.told, files: await files() }).toEqual({
    order: ['release', 'second'],
    told: [down],
    files: [],
  });
});

test('another project and another engine are no reason to wait', async () => {
  const { lock, told } = locks();
  await lock.acquire(claim);
  await lock.acquire({ ...claim, project: 'other' });
  await lock.acquire({ ...claim, engine: 'tcp://build:2375' });
  expect({ told, files: (await files()).length }).toEqual({ told: [], files: 3 });
});

test.each([
  ['whose process is gone', goneForEver],
  ['whose pid another process has now', { startTicks: '1' }],
  ['from before the machine was started anew', { bootId: 'before' }],
])('an owner %s is taken over from without waiting', async (_which, owner) => {
  await leave(owner);
  const { lock, told } = locks();
  const held = await lock.acquire(claim);
  await held.release();
  expect({ told, files: await files() }).toEqual({ told: [], files: [] });
});

test('a file that says nothing is taken over from', async () => {
  await mkdir(directory(), { recursive: true });
  await writeFile(join(directory(), lockFileName(claim)), '');
  const { lock, told } = locks();
  await lock.acquire(claim);
  expect({ told, files: await files() }).toEqual({ told: [], files: [lockFileName(claim)] });
});

test('who dies while it takes over has a successor, and leaves nothing', async () => {
  const first = await leave(goneForEver);
  const second = await leave(goneForEver, `.after-${first.id}`);
  await leave(goneForEver, `.after-${second.id}`);
  const { lock, told } = locks();
  await lock.acquire(claim);
  expect({ told, files: await files() }).toEqual({ told: [], files: [lockFileName(claim)] });
});

test('of many that find an owner gone, one at a time has the lock', async () => {
  const seen: number[] = [];
  for (let round = 0; round < 20; round++) {
    await leave(goneForEver);
    let holders = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        const held = await locks().lock.acquire(claim);
        holders += 1;
        await setImmediate();
        seen.push(holders);
        holders -= 1;
        await held.release();
      }),
    );
  }
  expect({ most: Math.max(...seen), times: seen.length, files: await files() }).toEqual({
    most: 1,
    times: 160,
    files: [],
  });
});

test('an owner on another machine is waited for, since nobody here can tell whether it is gone', async () => {
  await leave({ ...goneForEver, host: `not-${hostname()}` });
  const { lock, told } = locks();
  const waiting = lock.acquire(claim);
  await expect.poll(() => told).toEqual([expect.objectContaining({ otherHost: `not-${hostname()}` })]);
  await rm(join(directory(), lockFileName(claim)));
  await expect(waiting).resolves.toBeDefined();
});

test('an abort ends the waiting and leaves nothing', async () => {
  await locks().lock.acquire(claim);
  const { lock, told } = locks();
  const abort = new AbortController();
  const waiting = lock.acquire(claim, abort.signal);
  await expect.poll(() => told).toHaveLength(1);
  abort.abort();
  await expect(waiting).rejects.toThrow(CancelledError);
  expect(await files()).toEqual([lockFileName(claim)]);
});

test('where no file can be written it says so, and goes on without a lock', async () => {
  await writeFile(join(home, 'file'), '');
  const { lock, told } = locks(join(home, 'file'));
  const held = await lock.acquire(claim);
  await held.release();
  expect(told).toEqual([expect.stringContaining("ENOTDIR: not a directory, mkdir '~/file/.local/state/")]);
});

test('the runtime directory serves where the state directory cannot be written to', async () => {
  await writeFile(join(home, 'file'), '');
  const environment = new Map([
    ['XDG_STATE_HOME', join(home, 'file')],
    ['XDG_RUNTIME_DIR', join(home, 'run')],
  ]);
  const told: unknown[] = [];
  const news: LockNews = { waiting: (holder) => told.push(holder), impossible: (why) => told.push(why) };
  const clock = { nowMs: () => 0 };
  await fileLocks({ environment, homeDir: home, clock, processes }, news).acquire(claim);
  expect({ told, files: await readdir(join(home, 'run/tscompose/locks')) }).toEqual({
    told: [],
    files: [lockFileName(claim)],
  });
});
