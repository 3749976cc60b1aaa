import { readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { LoadIo } from '../load/load-io.js';
import { onBrokenPipe } from './broken-pipe.js';
import { exitCode } from './exit-codes.js';
import type { CliIo, Terminal } from './io.js';

/** The process as the CLI's world. */
export function nodeIo(): CliIo {
  const environment = new Map(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const cwd = process.cwd();
  const homeDir = environment.get('HOME') ?? homedir();
  // Nobody reads the results any more: end as a program does that the pipe's signal ends. Progress may get lost.
  onBrokenPipe(process.stdout, () => process.exit(exitCode.brokenPipe));
  onBrokenPipe(process.stderr, () => {});
  return {
    stdout: terminal(process.stdout),
    stderr: terminal(process.stderr),
    environment,
    cwd,
    homeDir,
    clock: { nowMs: () => Date.now() },
    load: nodeLoadIo(environment, cwd, homeDir),
    onInterrupt(listener) {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  return { stream, isTty: stream.isTTY === true, write: (text) => void stream.write(text) };
}

export function nodeLoadIo(environment: ReadonlyMap<string, string>, cwd: string, homeDir: string): LoadIo {
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
    realPath: (path) => unlessMissing(() => realpath(path)),
    async readStdin() {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
  };
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
