import type { Command } from 'commander';
import { dryRunOption, parseNumber } from './parse.js';

export interface ExportOptions {
  readonly index?: number;
  readonly output?: string;
  readonly dryRun?: boolean;
}

export function addExportOptions(command: Command): void {
  command
    .option('--index <number>', 'which container of the service', parseNumber)
    .option('-o, --output <file>', 'file to write instead of standard output')
    .addOption(dryRunOption());
}
