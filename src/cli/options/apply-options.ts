import type { Command } from 'commander';
import { dryRunOption } from './parse.js';

export interface ApplyOptions {
  readonly dryRun?: boolean;
}

export function addApplyOptions(command: Command): void {
  command.addOption(dryRunOption());
}
