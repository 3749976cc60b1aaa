import type { Command } from 'commander';
import { lockedText } from './lock-options.js';
import { adoptOption, dryRunOption } from './parse.js';

export interface ScaleOptions {
  readonly deps: boolean;
  readonly dryRun?: boolean;
  readonly adopt?: boolean;
  readonly locked?: boolean;
}

export function addScaleOptions(command: Command): void {
  command
    .option('--no-deps', 'leave dependencies alone')
    .option('--locked', lockedText)
    .addOption(adoptOption())
    .addOption(dryRunOption());
}
