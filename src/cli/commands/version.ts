import { version } from '../../version.js';
import { exitCode } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { unsupportedFormat } from '../options/format-option.js';
import type { VersionOptions } from '../options/version-options.js';

/** Needs no project and no settings, and so reads no file. */
export function runVersion(io: CliIo, options: VersionOptions): number {
  const format = options.format ?? 'pretty';
  if (format !== 'pretty' && format !== 'json') throw unsupportedFormat(format, ['pretty', 'json']);
  if (options.short === true) io.stdout.write(`${version}\n`);
  else if (format === 'json') io.stdout.write(`${JSON.stringify({ version })}\n`);
  else io.stdout.write(`tscompose version ${version}\n`);
  return exitCode.ok;
}
