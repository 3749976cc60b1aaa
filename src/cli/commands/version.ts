import { UsageError } from '../../problems/errors.js';
import { version } from '../../version.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { VersionOptions } from '../options.js';

export async function runVersion(
  { io }: CommandContext,
  _args: string[],
  options: VersionOptions,
): Promise<number> {
  const format = options.format ?? 'pretty';
  if (format !== 'pretty' && format !== 'json') throw new UsageError(`unsupported format "${format}"`);
  if (options.short === true) io.stdout.write(`${version}\n`);
  else if (format === 'json') io.stdout.write(`${JSON.stringify({ version })}\n`);
  else io.stdout.write(`tscompose version ${version}\n`);
  return exitCode.ok;
}
