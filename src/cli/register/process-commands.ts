import type { Command } from 'commander';
import { addExecOptions, type ExecOptions } from '../options/exec-options.js';
import type { Act } from './act.js';

/** Commands that reach into containers. */
export function addProcessCommands(program: Command, act: Act): void {
  const exec = program
    .command('exec <service> <command> [args...]')
    .description('run a command in a running container');
  addExecOptions(exec);
  exec.action((service: string, command: string, args: string[], options: ExecOptions) =>
    act<ExecOptions>(async (...call) => (await import('../commands/exec.js')).runExec(...call))(
      [service, command, ...args],
      options,
    ),
  );
}
