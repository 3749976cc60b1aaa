import { eventually } from './eventually.js';
import { stateOf } from './keeper.js';
import type { RunningCli } from './scenario-cli.js';
import type { Stack } from './scenario-stack.js';

/** A watch beside a test, from the moment that every change counts. */
export async function watcherOf(stack: Stack, ...args: string[]): Promise<RunningCli> {
  const watcher = stack.start(['watch', ...args], stateOf(stack));
  await watcher.says('Watch enabled');
  return watcher;
}

/** Looks until a program in the containers of a service, or of one replica, prints this. */
export async function shows(
  stack: Stack,
  service: string,
  command: readonly string[],
  text: string,
  index = 1,
) {
  await eventually(async () => {
    const args = ['exec', '-T', '--index', String(index), service, ...command];
    return (await stack.run(...args)).stdout.trim() === text ? text : undefined;
  });
}

export const get = (url: string) => ['wget', '-qO-', url];

/** A web server that reads its pages with every request. */
export const server = `image: busybox, init: true, command: [sh, -c, 'mkdir -p /www; exec httpd -f -h /www']`;
