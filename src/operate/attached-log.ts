import type { Engine } from '../engine/engine.js';
import type { AttachOptions, ProcessStreams } from '../engine/process-port.js';
import { type LogLines, splitLines } from './log-lines.js';

/**
 * What a container writes whose log is kept nowhere (`driver: none`): it can be heard only while one listens. To be
 * made when the container has been created: the engine lets one listen before there is a process.
 */
export class AttachedLog {
  readonly #open: () => Promise<ProcessStreams>;
  #streams: Promise<ProcessStreams> | undefined;

  constructor(engine: Engine, id: string, terminal: AttachOptions['terminal'], signal: AbortSignal) {
    this.#open = () => engine.processes.attach(id, { terminal, input: 'closed' }, signal);
  }

  /** Listens from now on; what is heard waits for its reader, who is also told when that fails. */
  async listen(): Promise<void> {
    this.#streams ??= this.#open();
    await this.#streams.catch(() => {});
  }

  /** Until the container ends, or its reader has had enough. Of the past there is nothing. */
  async *read(mode: 'follow' | 'once', signal: AbortSignal): AsyncGenerator<LogLines> {
    if (mode === 'once') return;
    await this.listen();
    const streams = await this.#streams;
    this.#streams = undefined;
    if (streams === undefined) return;
    const close = () => streams.close();
    signal.addEventListener('abort', close, { once: true });
    try {
      yield* splitLines(streams.output);
    } finally {
      signal.removeEventListener('abort', close);
      close();
    }
  }
}
