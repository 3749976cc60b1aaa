import { once } from 'node:events';
import { Socket } from 'node:net';
import { setTimeout as rest } from 'node:timers/promises';
import { isRunning } from '../../client/is-running.js';
import { leftStacks } from './watched-stack.js';

/** Where a line to the runner is, beside that to the process that tests run in. */
const lifelineFd = 3;
const pauseMs = 200;
const mostPauses = 50;

/**
 * The whole program of the process that `watcher.ts` starts. What it takes down is loaded when there is something to
 * take down: until then it only waits, in little memory. Its argument is the number of the process of the runner, when
 * there is a line to that.
 */
async function main([runner]: readonly string[]): Promise<void> {
  process.title = 'tscompose-watcher';
  const stacks = leftStacks(await wordsUntilTheEnd(runner === undefined ? undefined : Number(runner)));
  if (stacks.length > 0) {
    const { takeDown } = await import('./take-down.js');
    const processes = { pid: process.pid, isRunning };
    await Promise.allSettled(stacks.map((stack) => takeDown(stack, processes)));
  }
  // A worker that has outlived its runner may hold its end of the pipe for ever.
  process.exit();
}

async function wordsUntilTheEnd(runner: number | undefined): Promise<string> {
  const heard: Buffer[] = [];
  process.stdin.on('data', (data: Buffer) => heard.push(data));
  const ends: Promise<unknown>[] = [once(process.stdin, 'close')];
  if (runner !== undefined) ends.push(endOf(runner));
  await Promise.race(ends);
  return Buffer.concat(heard).toString();
}

/** Never, when the runner has only closed the line. */
async function endOf(runner: number): Promise<void> {
  const lifeline = new Socket({ fd: lifelineFd, readable: true, writable: false });
  lifeline.on('error', () => {});
  lifeline.resume();
  await new Promise((resolve) => lifeline.once('close', resolve));
  for (let pauses = 0; pauses < mostPauses; pauses += 1) {
    if (!isRunning(runner)) return;
    await rest(pauseMs);
  }
  await new Promise(() => {});
}

void main(process.argv.slice(2));
