import type { Command } from 'commander';
import { dryRunOption, parseSeconds } from './parse.js';

export interface StopOptions {
  readonly timeout?: number;
  readonly dryRun?: boolean;
}

export function addStopOptions(command: Command): void {
  command
    .option('-t, --timeout <seconds>', 'time that containers get to stop', parseSeconds)
    .addOption(dryRunOption());
}
