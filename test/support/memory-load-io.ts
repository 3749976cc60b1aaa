import { dirname, join } from 'node:path/posix';
import type { LoadIo, LoadRequest } from '../../src/load/load-io.js';

export interface MemoryFiles {
  /** Text by absolute path, or by a path below `/project`. */
  readonly files: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly runCode?: LoadIo['runCode'];
}

/** A file system and a process in memory; the working directory is `/project`, the home directory `/home/user`. */
export function memoryLoadIo({ files, environment = {}, stdin = '', runCode }: MemoryFiles): LoadIo {
  const byPath = new Map(
    Object.entries(files).map(([path, text]) => [path.startsWith('/') ? path : join('/project', path), text]),
  );
  const directories = new Set<string>(['/', '/project', '/home/user']);
  for (const path of byPath.keys()) {
    for (let at = dirname(path); at !== '/'; at = dirname(at)) directories.add(at);
  }
  const kindOf = (path: string) =>
    byPath.has(path) ? 'file' : directories.has(path) ? 'directory' : 'missing';
  return {
    environment: new Map(Object.entries(environment)),
    cwd: '/project',
    homeDir: '/home/user',
    kindOf: async (path) => kindOf(path),
    realPath: async (path) => (kindOf(path) === 'missing' ? undefined : path),
    readStdin: async () => stdin,
    runCode,
    async readFile(path) {
      if (kindOf(path) === 'directory') throw new Error('EISDIR: illegal operation on a directory, read');
      return byPath.get(path);
    },
  };
}

/** A request that discovers everything, with what is given. */
export function loadRequest(given: Partial<LoadRequest> = {}): LoadRequest {
  return { files: [], envFiles: [], profiles: [], services: [], keepUnusedResources: false, ...given };
}
