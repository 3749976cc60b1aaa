import type { Engine } from '../../engine/engine.js';
import type { ExecSpec } from '../../engine/process-port.js';
import { type ExecTarget, exec, execDetached } from '../../operate/exec.js';
import { CancelledError, UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import { withInterrupts } from '../interrupts.js';
import { linkTerminal } from '../link-terminal.js';
import type { ExecOptions } from '../options/exec-options.js';
import { ownDetachKeys } from '../own-detach-keys.js';
import { chooseTerminal } from '../process-terminal.js';
import { variablesOf } from '../variable-flags.js';

export async function runExec(
  context: CommandContext,
  [service = '', ...command]: string[],
  options: ExecOptions,
): Promise<number> {
  if (command.length === 0) throw new UsageError('exec needs a service and a command to run in it');
  if (context.globals.dryRun === true) throw new UsageError('exec is not supported in dry-run mode');
  const project = await findProjectName(context);
  const target: ExecTarget = { project, service, index: options.index };
  const engine = await context.connect();
  try {
    return await withInterrupts(context.io, async ({ drain }) => {
      const program = programOf(context, command, options);
      if (options.detach !== true) return await runAttached(context, engine, target, program, drain);
      await execDetached(engine, target, { ...program, terminal: 'none', input: 'closed' }, drain);
      return exitCode.ok;
    });
  } finally {
    engine.close();
  }
}

async function runAttached(
  { io }: CommandContext,
  engine: Engine,
  target: ExecTarget,
  program: ExecSpec,
  signal: AbortSignal,
): Promise<number> {
  const process = await exec(engine, target, program, signal);
  const outcome = await linkTerminal(io, process, {
    terminal: program.terminal,
    input: program.input,
    detachKeys: await ownDetachKeys(io),
    resize: process.resize,
  });
  if (outcome === 'detached') return exitCode.ok;
  if (signal.aborted) throw new CancelledError();
  return process.exitCode(signal);
}

function programOf({ io }: CommandContext, command: readonly string[], options: ExecOptions): ExecSpec {
  const { user, workdir } = options;
  const { terminal, input } = chooseTerminal(io, {
    isInteractive: options.interactive !== false,
    terminal:
      options.noTty === true || options.noTTY === true
        ? 'never'
        : options.tty === true
          ? 'always'
          : 'if-possible',
  });
  const size = terminal === 'none' ? undefined : io.terminalSize();
  return {
    command,
    environment: variablesOf(options.env, io.environment),
    isPrivileged: options.privileged === true,
    terminal,
    input,
    ...(user === undefined ? {} : { user }),
    ...(workdir === undefined ? {} : { workingDir: workdir }),
    ...(size === undefined ? {} : { size }),
  };
}
