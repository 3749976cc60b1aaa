import type { Command } from 'commander';
import { dryRunOption } from './parse.js';

export interface PushOptions {
  readonly ignorePushFailures?: boolean;
  readonly includeDeps?: boolean;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
}

export function addPushOptions(command: Command): void {
  command
    .option('--ignore-push-failures', 'say what cannot be pushed, and end with exit code 0')
    .option('--include-deps', 'push images of dependencies too')
    .option('-q, --quiet', 'push without showing progress')
    .addOption(dryRunOption());
}
