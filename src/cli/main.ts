import { type Command, CommanderError } from 'commander';
import { CommandContext } from './command-context.js';
import { exitCode, exitCodeOf } from './exit-codes.js';
import type { CliIo } from './io.js';
import { buildProgram, type Run } from './program.js';
import { wantsJson } from './progress-mode.js';

/** Runs one command line and returns its exit code. */
export async function main(
  argv: readonly string[],
  io: CliIo,
  run: Run = { code: exitCode.ok },
): Promise<number> {
  const program = buildProgram(io, run, argv);
  try {
    await program.parseAsync(argv, { from: 'user' });
    run.context?.reporter.conclude();
    return run.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.failed;
    run.failure = error;
    const context = run.context ?? contextWithout(program, io);
    const isTraced = io.environment.get('TSCOMPOSE_DEBUG') === '1' || context.globals.verbose === true;
    if (isTraced && error instanceof Error) context.debug(String(error.stack));
    context.reporter.conclude();
    context.fail(error);
    return exitCodeOf(error);
  }
}

/** For what goes wrong before there is a context: only whether failures are to be JSON counts. */
function contextWithout(program: Command, io: CliIo): CommandContext {
  const progress = wantsJson(io, program.opts()) ? 'json' : 'auto';
  return new CommandContext(io, { file: [], envFile: [], profile: [], ansi: 'auto', progress });
}
