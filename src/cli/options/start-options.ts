import type { Command } from 'commander';
import { dryRunOption, parseSeconds } from './parse.js';

export interface StartOptions {
  readonly wait?: boolean;
  readonly waitTimeout?: number;
  readonly dryRun?: boolean;
}

export function addStartOptions(command: Command): void {
  command
    .option('--wait', 'return once services are running or healthy')
    .option('--wait-timeout <seconds>', 'how long to wait at most', parseSeconds)
    .addOption(dryRunOption());
}
