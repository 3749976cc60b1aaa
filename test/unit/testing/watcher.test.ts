import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leftStacks } from '../../../src/testing/watcher/watched-stack.js';
import { Watcher } from '../../../src/testing/watcher/watcher.js';
import { eventually } from '../../support/eventually.js';

/** Stands for the program of a watcher: writes down what is left in the end. */
const program = `
import { renameSync, writeFileSync } from 'node:fs';
process.stdin.on('data', (data) => writeFileSync('heard', String(data), { flag: 'a' }));
process.stdin.on('end', () => renameSync('heard', 'ended'));
`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-watcher-'));
  await writeFile(join(folder, 'watcher.mjs'), `process.chdir(${JSON.stringify(folder)});\n${program}`);
});
afterEach(() => rm(folder, { recursive: true }));

interface Disconnecting {
  readonly watcher: Watcher;
  /** Tells that the runner is gone. */
  readonly disconnect: () => void;
}

function makeWatcher(): Disconnecting {
  let gone = () => {};
  const runner = {
    execPath: process.execPath,
    lifeline: undefined,
    onDisconnect(then: () => void) {
      gone = then;
      return () => {};
    },
  };
  return { watcher: new Watcher(runner, join(folder, 'watcher.mjs')), disconnect: () => gone() };
}

async function leftInTheEnd(): Promise<string[]> {
  const text = await eventually(() => readFile(join(folder, 'ended'), 'utf8'));
  return leftStacks(text).map(({ project }) => project);
}

const stack = (project: string) => ({ project, environment: {} });

test('a watcher has ended when the last stack is forgotten, and has none left', async () => {
  const { watcher } = makeWatcher();
  const unwatch = [watcher.watch(stack('a')), watcher.watch(stack('b'))];
  for (const each of unwatch) await each();
  expect(leftStacks(await readFile(join(folder, 'ended'), 'utf8'))).toEqual([]);
});

test('a watcher is started anew for a stack that comes after the last', async () => {
  const { watcher } = makeWatcher();
  await watcher.watch(stack('a'))();
  await rm(join(folder, 'ended'));
  await watcher.watch(stack('b'))();
  expect(await leftInTheEnd()).toEqual([]);
});

test('a worker whose runner is gone leaves its stacks to the watcher', async () => {
  const { watcher, disconnect } = makeWatcher();
  const unwatch = watcher.watch(stack('a'));
  watcher.watch(stack('b'));
  await unwatch();
  disconnect();
  expect(await leftInTheEnd()).toEqual(['b']);
});

test('a watcher keeps nothing in this process alive', async () => {
  const before = process.getActiveResourcesInfo();
  const { watcher } = makeWatcher();
  const unwatch = watcher.watch(stack('a'));
  await eventually(() => readFile(join(folder, 'heard'), 'utf8'));
  const during = process.getActiveResourcesInfo();
  await unwatch();
  const count = (all: readonly string[], kind: string) => all.filter((each) => each === kind).length;
  expect(count(during, 'ProcessWrap')).toBe(count(before, 'ProcessWrap'));
  expect(count(during, 'PipeWrap')).toBe(count(before, 'PipeWrap'));
});

test('what was said with the last breath, and not to its end, counts for nothing', () => {
  const word = JSON.stringify({ kind: 'watch', id: '1', stack: stack('a') });
  expect(leftStacks(`${word}\n${word.slice(0, 20)}`).map(({ project }) => project)).toEqual(['a']);
});
