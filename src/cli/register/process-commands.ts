import type { Command } from 'commander';
import { type AttachOptions, addAttachOptions } from '../options/attach-options.js';
import { addCpOptions, type CpOptions } from '../options/cp-options.js';
import { addExecOptions, type ExecOptions } from '../options/exec-options.js';
import { addRunOptions, type RunOptions } from '../options/run-options.js';
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

  const run = program
    .command('run <service> [args...]')
    .description('run a command once in a new container of a service');
  addRunOptions(run);
  run.action((service: string, args: string[], options: RunOptions) =>
    act<RunOptions>(async (...call) => (await import('../commands/run.js')).runRun(...call))(
      [service, ...args],
      options,
    ),
  );

  const attach = program
    .command('attach <service>')
    .description('connect our input and output to those of a running container');
  addAttachOptions(attach);
  attach.action((service: string, options: AttachOptions) =>
    act<AttachOptions>(async (...call) => (await import('../commands/attach.js')).runAttach(...call))(
      [service],
      options,
    ),
  );

  const cp = program
    .command('cp <source> <target>')
    .description('copy files between this machine and the containers of a service: SERVICE:PATH');
  addCpOptions(cp);
  cp.action((source: string, target: string, options: CpOptions) =>
    act<CpOptions>(async (...call) => (await import('../commands/cp.js')).runCp(...call))(
      [source, target],
      options,
    ),
  );
}
