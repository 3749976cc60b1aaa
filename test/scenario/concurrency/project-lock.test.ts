import { readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { lockFileName } from '../../../src/host/lock/file-locks.js';
import { type Stack, scenario } from '../../support/scenario.js';
import { guest } from '../../support/scenario-shell.js';

vi.setConfig({ testTimeout: 180_000 });

/** A stop of `web` takes until somebody kills it. */
const stubborn = `
services:
  web:
    image: busybox:latest
    command: sh -c 'trap "" TERM; echo ready; while true; do sleep 1; done'
    stop_grace_period: 5m
`;

/** Locks of their own, so that what is left can be looked at. */
function ownLocks(stack: Stack): Record<string, string> {
  return { XDG_STATE_HOME: join(stack.folder, 'state') };
}

async function lockFiles(stack: Stack): Promise<string[]> {
  return readdir(join(stack.folder, 'state/tscompose/locks'));
}

async function heldLock(stack: Stack): Promise<string> {
  const name = (await lockFiles(stack)).find((file) => file.endsWith('.lock')) ?? '';
  return readFile(join(stack.folder, 'state/tscompose/locks', name), 'utf8');
}

scenario('twenty ups at once all end well, with one network and the containers of one', async (stack) => {
  await stack.compose(`services:\n  db: ${guest()}\n  web: ${guest('scale: 2')}`);
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => stack.start(['up', '-d'], ownLocks(stack)).outcome),
  );
  expect({
    exitCodes: outcomes.map(({ exitCode }) => exitCode),
    makers: outcomes.filter(({ stderr }) => stderr.includes('Created')).length,
    resources: (await stack.resources()).sort(),
    locks: await lockFiles(stack),
  }).toEqual({
    exitCodes: outcomes.map(() => 0),
    makers: 1,
    resources: ['app-db-1', 'app-web-1', 'app-web-2', 'app_default'],
    locks: [],
  });
});

scenario(
  'a command that waits says for whom, ends with Ctrl-C, and leaves the other one alone',
  async (stack) => {
    await stack.compose(stubborn);
    await stack.up();
    const stopping = stack.start(['stop'], ownLocks(stack));
    await stopping.says('Stopping');
    const waiting = stack.start(['down'], ownLocks(stack));
    await waiting.says('Another command  Waiting');
    waiting.signal('SIGINT');
    const { exitCode, stderr } = await waiting.outcome;
    const { pid } = JSON.parse(await heldLock(stack)) as { pid: number };
    const said = stderr.replace(String(pid), 'PID').replace(/began .* ago/, 'began just now');
    expect({ exitCode, said, states: await stack.states() }).toEqual({
      exitCode: 130,
      said: ' Another command  Waiting  for "stop" of process PID, which began just now in .\ncancelled\n',
      states: { 'web-1': 'running' },
    });
  },
);

scenario(
  'the lock of a command that was killed is taken over by the one that waits for it',
  async (stack) => {
    await stack.compose(stubborn);
    await stack.up();
    const stopping = stack.start(['stop'], ownLocks(stack));
    await stopping.says('Stopping');
    const waiting = stack.start(['kill'], ownLocks(stack));
    await waiting.says('Another command  Waiting');
    stopping.signal('SIGKILL');
    const { exitCode } = await waiting.outcome;
    expect({ exitCode, states: await stack.states(), locks: await lockFiles(stack) }).toEqual({
      exitCode: 0,
      states: { 'web-1': 'exited 137' },
      locks: [],
    });
  },
);

scenario('looking and planning wait for nobody', async (stack) => {
  await stack.compose(stubborn);
  await stack.up();
  const stopping = stack.start(['stop'], ownLocks(stack));
  await stopping.says('Stopping');
  const looks = [['ps', '-q'], ['plan'], ['up', '--dry-run'], ['down', '--dry-run'], ['logs']];
  const outcomes = await Promise.all(looks.map((args) => stack.start(args, ownLocks(stack)).outcome));
  expect(outcomes.map(({ exitCode, stderr }) => `${exitCode} ${stderr}`)).toEqual(looks.map(() => '0 '));
});

scenario('who may be on another machine is waited for, and the way out is said', async (stack) => {
  await stack.compose(`services:\n  web: ${guest()}`);
  const { address: engine } = stack.engine;
  const claim = { engine, project: stack.project, command: 'up', directory: '/ci' };
  const owner = { ...claim, id: 'x', pid: 1, host: `not-${hostname()}`, sinceMs: 0 };
  await stack.write(`state/tscompose/locks/${lockFileName(claim)}`, JSON.stringify(owner));
  const waiting = stack.start(['down'], ownLocks(stack));
  await waiting.says(`if it is not there any more, remove ./state/tscompose/locks/`);
  waiting.signal('SIGTERM');
  expect((await waiting.outcome).exitCode).toBe(130);
});

scenario('without a place for locks commands work as ever, with a warning', async (stack) => {
  await stack.compose(`services:\n  web: ${guest()}`);
  await stack.write('file', '');
  const nowhere = { XDG_STATE_HOME: join(stack.folder, 'file'), XDG_RUNTIME_DIR: '' };
  const { exitCode, stderr } = await stack.start(['up', '-d'], nowhere).outcome;
  expect({ exitCode, warning: stderr.split('\n')[0] }).toEqual({
    exitCode: 0,
    warning:
      "warning  no lock can be kept (ENOTDIR: not a directory, mkdir './file/tscompose/locks'): " +
      'make sure that no other command changes this project now',
  });
});

scenario('Ctrl-C while an attached up waits does not stop what others have started', async (stack) => {
  await stack.compose(stubborn);
  await stack.up();
  const stopping = stack.start(['stop'], ownLocks(stack));
  await stopping.says('Stopping');
  const waiting = stack.start(['up'], ownLocks(stack));
  await waiting.says('Another command  Waiting');
  waiting.signal('SIGINT');
  const { exitCode, stdout } = await waiting.outcome;
  expect({ exitCode, stdout, states: await stack.states() }).toEqual({
    exitCode: 130,
    stdout: '',
    states: { 'web-1': 'running' },
  });
});
