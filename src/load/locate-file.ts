import { isAbsolute, join } from 'node:path/posix';
import type { LoadIo } from './load-io.js';

/**
 * The absolute path of a file that a Compose file names. It may stand below any of the directories; when it does
 * not exist, it is the path below the first one, for the message.
 */
export async function locateFile(file: string, directories: readonly string[], io: LoadIo): Promise<string> {
  const named = file.startsWith('~') ? join(io.homeDir, file.slice(1)) : file;
  if (isAbsolute(named)) return join(named);
  const candidates = [...new Set(directories)].map((directory) => join(directory, named));
  for (const candidate of candidates) {
    if ((await io.kindOf(candidate)) !== 'missing') return candidate;
  }
  return candidates[0] ?? named;
}
