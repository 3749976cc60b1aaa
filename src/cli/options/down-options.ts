import type { Command } from 'commander';
import { dryRunOption, parseSeconds } from './parse.js';

export interface DownOptions {
  readonly removeOrphans?: boolean;
  readonly rmi?: string;
  readonly volumes?: boolean;
  readonly timeout?: number;
  readonly strict?: boolean;
  readonly dryRun?: boolean;
}

export function addDownOptions(command: Command): void {
  command
    .option('--remove-orphans', 'remove containers of services that the files no longer have, and one-offs')
    .option(
      '--rmi <which>',
      'remove images too: local for those that were built for the services, all for every image that they use',
    )
    .option('-v, --volumes', 'remove named volumes of the files and anonymous volumes: their data is gone')
    .option('-t, --timeout <seconds>', 'time that containers get to stop', parseSeconds)
    .option('--strict', 'a network or volume that is still in use is a failure, and not only a warning')
    .addOption(dryRunOption());
}
