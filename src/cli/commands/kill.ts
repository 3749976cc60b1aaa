import type { CommandContext } from '../command-context.js';
import type { KillOptions } from '../options/kill-options.js';
import { runChange } from '../run-change.js';

export function runKill(context: CommandContext, named: string[], options: KillOptions): Promise<number> {
  return runChange(context, named, options, {
    changeOf: ({ services }) => ({
      kind: 'kill',
      services,
      unixSignal: options.signal,
      orphans: options.removeOrphans === true ? 'kill' : 'keep',
    }),
    whenNothing: 'no container runs',
    complaint: 'No container to kill',
  });
}
