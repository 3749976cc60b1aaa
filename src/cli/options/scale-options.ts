import type { Command } from 'commander';
import { dryRunOption } from './parse.js';

export interface ScaleOptions {
  readonly deps: boolean;
  readonly dryRun?: boolean;
}

export function addScaleOptions(command: Command): void {
  command.option('--no-deps', 'leave dependencies alone').addOption(dryRunOption());
}
