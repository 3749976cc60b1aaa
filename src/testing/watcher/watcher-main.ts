import { isRunning } from '../../client/is-running.js';
import { textOf } from '../../model/text-of.js';
import { leftStacks } from './watched-stack.js';

/**
 * The whole program of the process that `watcher.ts` starts. What it takes down is loaded when there is something to
 * take down: until then it only waits, in little memory.
 */
async function main(): Promise<void> {
  process.title = 'tscompose-watcher';
  const stacks = leftStacks(await textOf(process.stdin));
  if (stacks.length === 0) return;
  const { takeDown } = await import('./take-down.js');
  const processes = { pid: process.pid, isRunning };
  await Promise.allSettled(stacks.map((stack) => takeDown(stack, processes)));
}

void main();
