import { readFile, realpath, stat } from 'node:fs/promises';
import type { LoadIo } from '../load/load-io.js';
import { textOf } from '../model/text-of.js';

/** Files and standard input of this machine. */
export function nodeLoadIo(
  environment: ReadonlyMap<string, string>,
  cwd: string,
  homeDir: string,
  stdin: AsyncIterable<Uint8Array> = lazyStdin,
  /** Gets what Compose files that are code print. */
  print: (text: string) => void = () => {},
): LoadIo {
  let input: Promise<string> | undefined;
  return {
    environment,
    cwd,
    homeDir,
    readFile: (path) => unlessMissing(() => readFile(path, 'utf8')),
    async kindOf(path) {
      const found = await unlessMissing(() => stat(path));
      if (found === undefined) return 'missing';
      return found.isDirectory() ? 'directory' : 'file';
    },
    runCode: async (request, signal) => {
      const { runCode } = await import('../host/code/run-code.js');
      return runCode(request, { print }, signal);
    },
    realPath: (path) => unlessMissing(() => realpath(path)),
    // It can be read once, and a project more often than that.
    readStdin() {
      input ??= textOf(stdin);
      return input;
    },
  };
}

/** Touching the stream opens it. */
export const lazyStdin: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
};

/** The variables that have a value. */
export function definedOnly(
  variables: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
