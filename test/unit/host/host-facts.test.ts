import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { nodeHostFacts } from '../../../src/host/facts/host-facts.js';
import { fileLocks, type LockSurroundings } from '../../../src/host/lock/file-locks.js';

async function surroundings(): Promise<LockSurroundings> {
  const homeDir = await mkdtemp(join(tmpdir(), 'tscompose-facts-'));
  onTestFinished(() => rm(homeDir, { recursive: true }));
  const processes = { pid: process.pid, isRunning: () => true };
  return { homeDir, environment: new Map(), clock: { nowMs: () => 1000 }, processes };
}

test('the holder of a lock is known while it holds it, without a wish for the lock', async () => {
  const here = await surroundings();
  const host = nodeHostFacts(here);
  const claim = { engine: 'unix:///e.sock', project: 'app', command: 'up', directory: '/srv/app' };
  const before = await host.lockHolder(claim);
  const held = await fileLocks(here, { waiting: () => {}, impossible: () => {} }).acquire(claim);
  const during = await host.lockHolder(claim);
  await held.release();
  expect({ before, during, after: await host.lockHolder(claim) }).toEqual({
    before: undefined,
    during: {
      command: 'up',
      directory: '/srv/app',
      pid: process.pid,
      sinceMs: 1000,
      otherHost: undefined,
      path: expect.stringContaining('app-'),
    },
    after: undefined,
  });
});

test('the folder of locks can be written to when what is there of the way to it can', async () => {
  const here = await surroundings();
  const path = join(here.homeDir, '.local/state/tscompose/locks');
  const without = await nodeHostFacts(here).stateFolder();
  await mkdir(join(here.homeDir, '.local'));
  await writeFile(join(here.homeDir, '.local/state'), 'a file in the way');
  expect({ without, inTheWay: await nodeHostFacts(here).stateFolder() }).toEqual({
    without: { path, isWritable: true },
    inTheWay: { path, isWritable: false },
  });
});

test.runIf(process.platform === 'linux')('who listens is found with its process', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const found = await nodeHostFacts(await surroundings()).listeners();
  expect(found?.filter((listener) => listener.port === port)).toEqual([
    {
      protocol: 'tcp',
      address: '127.0.0.1',
      port,
      process: { pid: process.pid, name: expect.any(String) },
    },
  ]);
});
