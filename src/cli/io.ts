import type { Readable, Writable } from 'node:stream';
import type { Surroundings } from '../client/this-process.js';
import type { Engine } from '../engine/engine.js';
import type { TerminalSize } from '../engine/process-port.js';
import type { HostFacts } from '../model/host-facts.js';
import type { Foot } from '../report/live/foot.js';

/** The world as the CLI sees it. Tests give their own; bin.ts gives the process. */
export interface CliIo extends Surroundings {
  readonly stdin: TerminalInput;
  readonly stdout: Terminal;
  readonly stderr: Terminal;
  /** Below what is written to the terminal, by either stream. */
  readonly foot: Foot;
  /** The engine to use; without it, the one that environment and docker contexts name. */
  readonly connect?: (signal?: AbortSignal) => Promise<Engine>;
  /** What `doctor` asks about this machine; without it, the machine itself. */
  readonly hostFacts?: HostFacts;
  /** Calls `listener` for each Ctrl-C and each request to end. Returns how to stop listening. */
  onInterrupt(listener: () => void): () => void;
  /** Calls `listener` with the name of each signal that one may pass on to another process. Returns how to stop. */
  onSignal(listener: (name: string) => void): () => void;
  /** Of the terminal that shows our output; undefined: there is none. */
  terminalSize(): TerminalSize | undefined;
  onResize(listener: () => void): () => void;
}

export interface TerminalInput {
  readonly stream: Readable;
  readonly isTty: boolean;
  /**
   * `raw`: every key is ours the moment it is typed, Ctrl-C too, and output is left as it is; `keys`: the same, and
   * output as always; `lines`: as it was.
   */
  setMode(mode: 'raw' | 'keys' | 'lines'): void;
}

export interface Terminal {
  readonly stream: Writable;
  readonly isTty: boolean;
  /** What is ours: characters that a terminal would act on are spelled out, but for the colours that we paint with. */
  write(text: string): void;
  /** As it is: what a container wrote, and what moves the cursor. */
  writeRaw(text: string): void;
}
