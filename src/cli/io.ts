import type { Writable } from 'node:stream';
import type { LoadIo } from '../load/load-io.js';
import type { Clock } from '../model/clock.js';

/** The world as the CLI sees it. Tests give their own; bin.ts gives the process. */
export interface CliIo {
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  readonly environment: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly homeDir: string;
  readonly clock: Clock;
  readonly load: LoadIo;
  /** Calls `listener` for each Ctrl-C and each request to end. Returns how to stop listening. */
  onInterrupt(listener: () => void): () => void;
}

export interface Terminal {
  readonly stream: Writable;
  readonly isTty: boolean;
  write(text: string): void;
}
