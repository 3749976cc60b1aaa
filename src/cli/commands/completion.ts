import type { CommandContext } from '../command-context.js';
import { completionScript, type Shell } from '../complete/scripts.js';
import { exitCode } from '../exit-codes.js';

export async function runCompletion(context: CommandContext, [shell]: string[]): Promise<number> {
  context.io.stdout.write(completionScript(shell as Shell));
  return exitCode.ok;
}
