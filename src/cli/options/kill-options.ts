import type { Command } from 'commander';
import { dryRunOption } from './parse.js';

export interface KillOptions {
  readonly signal: string;
  readonly removeOrphans?: boolean;
  readonly dryRun?: boolean;
}

export function addKillOptions(command: Command): void {
  command
    .option('-s, --signal <signal>', 'signal to send', 'SIGKILL')
    .option('--remove-orphans', 'also to containers of services that the files no longer have')
    .addOption(dryRunOption());
}
