import { once } from 'node:events';
import type { Terminal } from './io.js';

/** Writes, and waits while whoever reads has not caught up: what is slow to be read is not kept in memory. */
export async function writeOut({ stream, write }: Terminal, chunk: string | Uint8Array): Promise<void> {
  if (typeof chunk === 'string') write(chunk);
  else stream.write(chunk);
  if (stream.writableNeedDrain && !stream.destroyed) await once(stream, 'drain');
}

/** The same for several writers at once: all wait for one and the same event. */
export class Outlet {
  readonly #terminal: Terminal;
  readonly #giveUp: AbortSignal;
  #waiting: Promise<void> | undefined;

  /** `giveUp` ends every waiting: nobody who has had enough waits for a reader that does not read. */
  constructor(terminal: Terminal, giveUp: AbortSignal) {
    this.#terminal = terminal;
    this.#giveUp = giveUp;
  }

  /** Undefined when there is nothing to wait for. */
  drained(): Promise<void> | undefined {
    const { stream } = this.#terminal;
    if (!stream.writableNeedDrain || stream.destroyed || this.#giveUp.aborted) return undefined;
    this.#waiting ??= once(stream, 'drain', { signal: this.#giveUp })
      .then(() => {})
      .catch(() => {})
      .finally(() => {
        this.#waiting = undefined;
      });
    return this.#waiting;
  }
}

export function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
