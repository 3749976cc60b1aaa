import type { Project } from '../model/project.js';
import { UsageError } from '../problems/errors.js';
import { loopFolder, runningLoop } from './background/loop-file.js';
import type { CommandContext } from './command-context.js';
import type { UpOptions } from './options/up-options.js';

/** Throws UsageError for a project that cannot be kept: nobody reads standard input twice, and one loop is enough. */
export async function refuseSecondLoop(
  { io }: CommandContext,
  { name, configFiles }: Project,
): Promise<void> {
  if (configFiles.includes('-')) {
    throw new UsageError('a Compose file from standard input cannot be kept: it cannot be read again', {
      hint: 'write it to a file, and name that with -f',
    });
  }
  const other = await runningLoop(loopFolder(io, name));
  if (other === undefined) return;
  throw new UsageError(`project "${name}" is kept already, by process ${other.pid} (${other.command})`, {
    hint:
      other.command === 'up'
        ? 'end that one with Ctrl-C first'
        : 'end that one with "reconcile --stop" first',
  });
}

/** Throws UsageError for flags of `up` that end what `--reconcile` is to keep. */
export function checkKeptUp(options: UpOptions): void {
  if (options.reconcile !== true) return;
  const { start, abortOnContainerExit, abortOnContainerFailure, exitCodeFrom } = options;
  const ends =
    abortOnContainerExit === true || abortOnContainerFailure === true || exitCodeFrom !== undefined;
  if (!start) throw new UsageError('--no-start and --reconcile are incompatible');
  if (ends) {
    throw new UsageError(
      '--reconcile cannot be combined with --abort-on-container-exit, --abort-on-container-failure or --exit-code-from',
    );
  }
}
