import type { CommandContext } from '../command-context.js';
import type { StopOptions } from '../options/stop-options.js';
import { runChange } from '../run-change.js';

export function runStop(context: CommandContext, named: string[], options: StopOptions): Promise<number> {
  return runChange(context, named, options, {
    changeOf: ({ services }) => ({ kind: 'stop', services, timeoutSec: options.timeout }),
    whenNothing: 'no container runs',
  });
}
