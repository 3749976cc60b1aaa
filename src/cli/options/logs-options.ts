import { type Command, Option } from 'commander';
import { parseNumber } from './parse.js';

export interface LogsOptions {
  readonly follow?: boolean;
  readonly format?: 'text' | 'json';
  readonly index?: number;
  readonly color: boolean;
  readonly logPrefix: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly tail: string;
  readonly timestamps?: boolean;
}

export function addLogsOptions(command: Command): void {
  command
    .option('-f, --follow', 'go on until the containers end')
    .addOption(new Option('--format <format>', 'how to show lines').choices(['text', 'json']))
    .option('--index <number>', 'which container of the service', parseNumber)
    .option('--no-color', 'without colours')
    .option('--no-log-prefix', 'without the name of the container')
    .option('--since <time>', 'from this time (2026-01-02T15:04:05Z) or age (42m) on')
    .option('--until <time>', 'up to this time or age')
    .option('-n, --tail <lines>', 'number of lines from the end of each log, or all', 'all')
    .option('-t, --timestamps', 'with time stamps');
}
