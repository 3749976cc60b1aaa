import type { Command } from 'commander';

export interface StatsOptions {
  readonly all?: boolean;
  readonly format?: string;
  readonly stream: boolean;
  readonly trunc: boolean;
}

export function addStatsOptions(command: Command): void {
  command
    .option('-a, --all', 'stopped containers too')
    .option('--format <format>', 'table, json or a Go template')
    .option('--no-stream', 'one look, and the end')
    .option('--no-trunc', 'full ids');
}
