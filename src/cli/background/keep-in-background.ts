import type { Project } from '../../model/project.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { globalArguments } from '../global-arguments.js';
import type { ReconcileOptions } from '../options/reconcile-options.js';
import { logPath, loopFolder } from './loop-file.js';
import { startInBackground } from './start-loop.js';

/** The flags of `reconcile` that the process in the background gets too. */
export type BackgroundOptions = Pick<ReconcileOptions, 'drift' | 'removeOrphans' | 'scale' | 'timeout'>;

/** `reconcile -d`: returns once the process in the background has taken its first look. */
export async function keepInBackground(
  context: CommandContext,
  { name }: Pick<Project, 'name'>,
  services: readonly string[],
  options: BackgroundOptions,
): Promise<number> {
  const folder = loopFolder(context.io, name);
  const globals = globalArguments(context.globals);
  const locked = context.globals.locked === true ? ['--locked'] : [];
  const words = [...globals, 'reconcile', ...locked, ...flagsOf(options), ...services];
  const pid = await startInBackground(words, folder);
  context.say(`Keeping project "${name}" in the background (process ${pid}), log: ${logPath(folder)}`);
  return exitCode.ok;
}

function flagsOf({ drift, removeOrphans, scale, timeout }: BackgroundOptions): string[] {
  return [
    '--drift',
    drift,
    ...(removeOrphans === true ? ['--remove-orphans'] : []),
    ...[...scale].flatMap(([service, replicas]) => ['--scale', `${service}=${replicas}`]),
    ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
  ];
}
