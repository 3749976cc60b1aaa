import type { LogChunk } from '../engine.js';

const headerBytes = 8;

/**
 * Takes apart the stream of a container without a terminal: frames of one byte for the stream (1 stdout, 2 stderr),
 * three empty ones, four for the length (big-endian), and the data. A frame may begin and end in any chunk.
 */
export async function* demultiplex(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogChunk> {
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk]);
    while (pending.length >= headerBytes) {
      const end = headerBytes + pending.readUInt32BE(4);
      if (pending.length < end) break;
      const data = pending.subarray(headerBytes, end);
      const stream = pending[0] === 2 ? 'stderr' : 'stdout';
      pending = pending.subarray(end);
      if (data.length > 0) yield { stream, data };
    }
  }
}

/** The stream of a container with a terminal: all of it is what the terminal shows. */
export async function* asTerminalOutput(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LogChunk> {
  for await (const data of chunks) yield { stream: 'stdout', data };
}
