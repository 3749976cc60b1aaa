import type { Command } from 'commander';
import { lockedText } from './lock-options.js';
import { dryRunOption, plainOption } from './parse.js';

export interface WatchOptions {
  readonly noUp?: boolean;
  readonly prune: boolean;
  readonly quiet?: boolean;
  readonly auto?: boolean;
  readonly dryRun?: boolean;
  readonly locked?: boolean;
}

export function addWatchOptions(command: Command): void {
  command
    .addOption(plainOption('--no-up', 'do not build and start services first'))
    .option('--prune', 'remove images that a rebuild leaves without a name', true)
    .option('--no-prune', 'keep them')
    .option('--quiet', 'build without showing progress')
    .option('--auto', 'services without rules: watch build contexts and bind mounts')
    .option('--locked', lockedText)
    .addOption(dryRunOption());
}
