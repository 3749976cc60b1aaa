import { once } from 'node:events';
import type { Terminal } from './io.js';

/** Writes, and waits while whoever reads has not caught up: what is slow to be read is not kept in memory. */
export async function writeOut({ stream, write }: Terminal, chunk: string | Uint8Array): Promise<void> {
  if (typeof chunk === 'string') write(chunk);
  else stream.write(chunk);
  if (stream.writableNeedDrain && !stream.destroyed) await once(stream, 'drain');
}

export function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
