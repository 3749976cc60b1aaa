import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loopFolder, registerLoop, runningLoop } from '../../../../src/cli/background/loop-file.js';

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'loop-file-'));
  folder = loopFolder({ environment: new Map([['XDG_STATE_HOME', home]]), homeDir: '/' }, 'shop');
});
afterEach(() => rm(home, { recursive: true }));

const register = (folder: string) =>
  registerLoop(folder, 'watch', { cwd: '/shop', clock: { nowMs: () => 7 } });

test('who keeps a project can be seen, and leaves nothing behind', async () => {
  const unregister = await register(join(folder, 'watch'));
  const seen = await runningLoop(join(folder, 'watch'));
  await unregister();
  expect({ seen, left: await readdir(home, { recursive: true }) }).toEqual({
    seen: expect.objectContaining({ pid: process.pid, command: 'watch', directory: '/shop', sinceMs: 7 }),
    left: ['tscompose'],
  });
});

test('what others have put beside it stays', async () => {
  const unregister = await register(folder);
  await writeFile(join(folder, 'reconcile.log'), 'a line');
  await unregister();
  expect(await readdir(folder)).toEqual(['reconcile.log']);
});
