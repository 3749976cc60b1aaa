import fs from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorCase, Said } from './error-case.js';
import { run } from './error-case.js';

type SystemCode = 'ENOSPC' | 'EMFILE' | 'EACCES';

/** What the system says when a directory is to be watched. */
const systemWords: Record<SystemCode, string> = {
  ENOSPC: 'ENOSPC: System limit for number of file watchers reached',
  EMFILE: 'EMFILE: too many open files',
  EACCES: 'EACCES: permission denied',
};

/** A case that needs a directory of the disk, and a system that lets nobody watch it. */
export interface WatchCase extends Omit<ErrorCase, 'files' | 'command'> {
  readonly says: SystemCode;
}

export const watchErrors: readonly WatchCase[] = [
  {
    code: 'watch/limit',
    title: 'a limit of watches is told with how to raise it, and how to need fewer',
    says: 'ENOSPC',
  },
  {
    code: 'watch/limit',
    title: 'a limit of processes that watch is told with its own setting',
    says: 'EMFILE',
  },
  {
    code: 'watch/unreadable',
    title: 'a directory that may not be read is named',
    says: 'EACCES',
  },
];

export const watchFiles = (folder: string) => ({
  'compose.yaml': `name: app
services:
  web:
    image: busybox
    develop:
      watch:
        - {path: ${folder}/src, action: sync, target: /app}
`,
});

export const watchCommand = 'watch --no-up';

/** Runs `watch` over a real directory; the names of directories that change with each run are left out. */
export async function runWatch({ says, ...given }: WatchCase): Promise<Said> {
  const folder = await mkdtemp(join(tmpdir(), 'tscompose-watch-'));
  const original = fs.watch;
  try {
    await mkdir(join(folder, 'src'));
    fs.watch = (() => {
      throw Object.assign(new Error(`${systemWords[says]}, watch`), { code: says });
    }) as unknown as typeof fs.watch;
    syncBuiltinESMExports();
    const said = await run({
      ...given,
      files: watchFiles(folder),
      environment: { XDG_STATE_HOME: join(folder, 'state') },
      command: watchCommand,
    });
    return { ...said, stderr: said.stderr.replaceAll(folder, '/project') };
  } finally {
    fs.watch = original;
    syncBuiltinESMExports();
    await rm(folder, { recursive: true });
  }
}
