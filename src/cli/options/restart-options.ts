import type { Command } from 'commander';
import { dryRunOption, parseSeconds } from './parse.js';

export interface RestartOptions {
  readonly apply?: boolean;
  readonly deps: boolean;
  readonly timeout?: number;
  readonly dryRun?: boolean;
}

export function addRestartOptions(command: Command): void {
  command
    .option('--apply', 'recreate, as up does, what the files say differently, and restart the rest')
    .option('--no-deps', 'leave services alone that depend on these with restart: true')
    .option('-t, --timeout <seconds>', 'time that containers get to stop', parseSeconds)
    .addOption(dryRunOption());
}
