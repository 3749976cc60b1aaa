import type { Command } from 'commander';
import { collect } from './parse.js';

export interface LsOptions {
  readonly all?: boolean;
  readonly filter: string[];
  readonly format?: string;
  readonly quiet?: boolean;
}

export function addLsOptions(command: Command): void {
  command
    .option('-a, --all', 'projects of which nothing runs too')
    .option('--filter <name=pattern>', 'only projects whose name the regular expression finds', collect, [])
    .option('--format <format>', 'table, json or a Go template')
    .option('-q, --quiet', 'names only');
}
