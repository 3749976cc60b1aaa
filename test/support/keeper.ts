import { join } from 'node:path';
import type { RunningCli } from './scenario-cli.js';
import type { Stack } from './scenario-stack.js';

/** Where the loop writes who it is: in the folder of the test. */
export function stateOf({ folder }: Stack): Record<string, string> {
  return { XDG_STATE_HOME: join(folder, 'state') };
}

/** The control loop beside a test, once it has looked at everything. */
export async function keeperOf(stack: Stack, ...args: string[]): Promise<RunningCli> {
  const keeper = stack.start(['reconcile', ...args], stateOf(stack));
  await keeper.says('first look');
  return keeper;
}
