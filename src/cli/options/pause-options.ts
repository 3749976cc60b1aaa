import type { Command } from 'commander';
import { dryRunOption } from './parse.js';

export interface PauseOptions {
  readonly dryRun?: boolean;
}

/** For `pause` and `unpause`. */
export function addPauseOptions(command: Command): void {
  command.addOption(dryRunOption());
}
