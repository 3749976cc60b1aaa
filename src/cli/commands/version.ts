import { exitCode } from '../exit-codes.js';
import type { CliIo } from '../io.js';
import { unsupportedFormat } from '../options/format-option.js';
import type { VersionOptions } from '../options/version-options.js';
import { versionText } from '../version-text.js';

/** Needs no project and no settings, and so reads no file. */
export function runVersion(io: CliIo, options: VersionOptions): number {
  const format = options.format ?? 'pretty';
  if (format !== 'pretty' && format !== 'json') throw unsupportedFormat(format, ['pretty', 'json']);
  io.stdout.write(versionText(options.short === true ? 'short' : format));
  return exitCode.ok;
}
