import { UsageError } from '../../problems/errors.js';
import { version } from '../../version.js';
import { exitCode } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import type { VersionOptions } from '../options/version-options.js';

/** Needs no project and no settings, and so reads no file. */
export function runVersion(io: CliIo, options: VersionOptions): number {
  const format = options.format ?? 'pretty';
  if (format !== 'pretty' && format !== 'json') throw new UsageError(`unsupported format "${format}"`);
  if (options.short === true) io.stdout.write(`${version}\n`);
  else if (format === 'json') io.stdout.write(`${JSON.stringify({ version })}\n`);
  else io.stdout.write(`tscompose version ${version}\n`);
  return exitCode.ok;
}
