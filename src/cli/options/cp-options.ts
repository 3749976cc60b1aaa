import type { Command } from 'commander';
import { dryRunOption, parseNumber } from './parse.js';

export interface CpOptions {
  readonly all?: boolean;
  readonly archive?: boolean;
  readonly dryRun?: boolean;
  readonly followLink?: boolean;
  readonly index?: number;
}

export function addCpOptions(command: Command): void {
  command
    .option('--all', 'containers of run, too')
    .option('-a, --archive', 'keep the owners of files')
    .option('-L, --follow-link', 'copy what a link leads to, and not the link')
    .option('--index <number>', 'which container of the service', parseNumber)
    .addOption(dryRunOption());
}
