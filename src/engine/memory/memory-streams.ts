import { PassThrough } from 'node:stream';
import type { LogChunk } from '../container-log.js';
import type { ExitCondition, TerminalSize } from '../process-port.js';
import { Channel } from './channel.js';

/** What a program in memory has at hand. */
export interface MemoryProcess {
  readonly input: AsyncIterable<Uint8Array>;
  /** Of its terminal; undefined: it has none, or nobody has told. */
  size(): TerminalSize | undefined;
  write(stream: LogChunk['stream'], text: string): void;
}

/** Who is connected to the streams of one process, and its input. */
export class MemoryStreams {
  readonly input = new PassThrough();
  readonly #outputs = new Set<Channel<LogChunk>>();
  terminalSize: TerminalSize | undefined;

  constructor() {
    // Who writes to a process that is gone is told so by the stream.
    this.input.on('error', () => {});
  }

  /** A reader from now on. */
  open(): Channel<LogChunk> {
    const channel = new Channel<LogChunk>();
    this.#outputs.add(channel);
    return channel;
  }

  write(stream: LogChunk['stream'], text: string): void {
    const data = new TextEncoder().encode(text);
    for (const output of this.#outputs) output.push({ stream, data });
  }

  leave(channel: Channel<LogChunk>): void {
    this.#outputs.delete(channel);
    channel.close();
  }

  /** The process has ended. */
  end(): void {
    for (const output of this.#outputs) output.close();
    this.#outputs.clear();
    this.input.end();
  }
}

/** Somebody who waits for the end of a container. */
export interface ExitWatcher {
  readonly condition: ExitCondition;
  tell(exitCode: number): void;
}
