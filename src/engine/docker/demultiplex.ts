import type { LogChunk } from '../container-log.js';

const headerBytes = 8;

/** One frame of a multiplexed stream. */
export type Frame = Pick<LogChunk, 'stream' | 'data'>;

/**
 * Takes apart the stream of a container without a terminal: frames of one byte for the stream (1 stdout, 2 stderr),
 * three empty ones, four for the length (big-endian), and the data. A frame may begin and end in any chunk.
 */
export async function* demultiplex(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const reader = new FrameReader();
  for await (const chunk of chunks) yield* reader.push(chunk);
}

/** The stream of a container with a terminal: all of it is what the terminal shows. */
export async function* asTerminalOutput(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  for await (const data of chunks) yield { stream: 'stdout', data };
}

/** Keeps what is left of a chunk until the next one comes. */
export class FrameReader {
  #pending: Buffer = Buffer.alloc(0);

  /** Frames that end in this chunk. */
  push(chunk: Uint8Array): Frame[] {
    const bytes = this.#pending.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#pending, chunk]);
    const frames: Frame[] = [];
    let start = 0;
    while (bytes.length - start >= headerBytes) {
      const end = start + headerBytes + bytes.readUInt32BE(start + 4);
      if (bytes.length < end) break;
      const data = bytes.subarray(start + headerBytes, end);
      if (data.length > 0) frames.push({ stream: bytes[start] === 2 ? 'stderr' : 'stdout', data });
      start = end;
    }
    this.#pending = bytes.subarray(start);
    return frames;
  }
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
