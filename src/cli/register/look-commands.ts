import type { Command } from 'commander';
import { addLogsOptions, type LogsOptions } from '../options/logs-options.js';
import { addPsOptions, type PsOptions } from '../options/ps-options.js';
import type { Act } from './act.js';

/** Commands that show what runs and change nothing. */
export function addLookCommands(program: Command, act: Act): void {
  const ps = program.command('ps [services...]').description('list containers');
  addPsOptions(ps);
  ps.action(act<PsOptions>(async (...call) => (await import('../commands/ps.js')).runPs(...call)));

  const logs = program.command('logs [services...]').description('show what containers have written');
  addLogsOptions(logs);
  logs.action(act<LogsOptions>(async (...call) => (await import('../commands/logs.js')).runLogs(...call)));
}
