import type { Command } from 'commander';
import { adoptOption, dryRunOption } from './parse.js';

export interface ScaleOptions {
  readonly deps: boolean;
  readonly dryRun?: boolean;
  readonly adopt?: boolean;
}

export function addScaleOptions(command: Command): void {
  command.option('--no-deps', 'leave dependencies alone').addOption(adoptOption()).addOption(dryRunOption());
}
