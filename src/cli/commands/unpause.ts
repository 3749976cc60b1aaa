import type { CommandContext } from '../command-context.js';
import type { PauseOptions } from '../options/pause-options.js';
import { runChange } from '../run-change.js';

export function runUnpause(context: CommandContext, named: string[], options: PauseOptions): Promise<number> {
  return runChange(context, named, options, {
    changeOf: ({ services }) => ({ kind: 'unpause', services }),
    whenNothing: 'no container is paused',
  });
}
