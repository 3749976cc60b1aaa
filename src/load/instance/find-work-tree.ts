import { dirname, join } from 'node:path/posix';
import type { LoadIo } from '../load-io.js';

/**
 * Real path of the work tree that a directory is in: the nearest directory above it with a `.git`, which is a file in
 * the work trees that `git worktree add` makes; without any, the directory itself.
 */
export async function findWorkTree(
  directory: string,
  io: Pick<LoadIo, 'kindOf' | 'realPath'>,
): Promise<string> {
  const real = (await io.realPath(directory)) ?? directory;
  for (let at = real; ; at = dirname(at)) {
    if ((await io.kindOf(join(at, '.git'))) !== 'missing') return at;
    if (at === dirname(at)) return real;
  }
}
