import { Writable } from 'node:stream';
import type { CliIo, Terminal } from '../../src/cli/io.js';
import { type MemoryFiles, memoryLoadIo } from './memory-load-io.js';

export interface FakeCliIo extends CliIo {
  /** What was written so far. */
  readonly written: { stdout: string; stderr: string };
}

/** A world of its own for the CLI: files in memory, no terminal, nobody who presses Ctrl-C. */
export function fakeCliIo({ files }: Partial<MemoryFiles> = {}): FakeCliIo {
  const written = { stdout: '', stderr: '' };
  const load = memoryLoadIo({ files: files ?? {} });
  const terminal = (name: 'stdout' | 'stderr'): Terminal => ({
    stream: new Writable(),
    isTty: false,
    write: (text) => {
      written[name] += text;
    },
  });
  return {
    written,
    stdout: terminal('stdout'),
    stderr: terminal('stderr'),
    environment: load.environment,
    cwd: load.cwd,
    homeDir: load.homeDir,
    clock: { nowMs: () => 0 },
    load,
    onInterrupt: () => () => {},
  };
}
