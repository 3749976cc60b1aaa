import { resolve } from 'node:path/posix';
import { Readable, Writable } from 'node:stream';
import type { CliIo, Terminal } from '../../src/cli/io.js';
import { safeTerminal } from '../../src/cli/own-text.js';
import type { Engine } from '../../src/engine/engine.js';
import { Foot } from '../../src/report/live/foot.js';
import { memoryBuildPlaces } from './memory-build-places.js';
import { MemoryInstances } from './memory-instances.js';
import { type MemoryFiles, memoryLoadIo } from './memory-load-io.js';
import { MemoryLocks } from './memory-locks.js';

export interface FakeCliIo extends CliIo {
  /** What was written so far. */
  readonly written: { readonly stdout: string; readonly stderr: string };
  /** Ctrl-C. */
  interrupt(): void;
}

/** A process that is not there: files in memory, and streams that keep what is written. */
export function fakeCliIo(world: Partial<MemoryFiles> = {}, engine?: Engine): FakeCliIo {
  const { files = {}, environment = {} } = world;
  const written = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const terminal = (name: 'stdout' | 'stderr'): Terminal =>
    safeTerminal(new Writable({ write: (_chunk, _encoding, done) => done() }), false, (text) => {
      written[name] += text;
    });
  const locks = new MemoryLocks();
  const load = { ...memoryLoadIo({ ...world, files, environment }), instances: new MemoryInstances() };
  return {
    stdin: { stream: Readable.from([]), isTty: false, setMode: () => {} },
    stdout: terminal('stdout'),
    stderr: terminal('stderr'),
    foot: new Foot({ size: () => undefined }),
    environment: load.environment,
    cwd: load.cwd,
    homeDir: load.homeDir,
    clock: { nowMs: () => 0 },
    load,
    locks: (news) => locks.lock(news),
    buildPlaces: memoryBuildPlaces(
      new Map(Object.entries(files).map(([path, text]) => [resolve(load.cwd, path), text])),
    ),
    programs: { find: async () => undefined, run: async () => ({ exitCode: 127, errorLines: [] }) },
    ...(engine === undefined ? {} : { connect: async () => engine }),
    onInterrupt(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onSignal: () => () => {},
    terminalSize: () => undefined,
    onResize: () => () => {},
    written,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
  };
}
