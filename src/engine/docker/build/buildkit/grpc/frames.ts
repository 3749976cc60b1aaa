/** Messages as gRPC sends them: of each whether it is compressed (never), its length, itself. */
export function framesOf(messages: readonly Uint8Array[]): Buffer {
  const size = messages.reduce((total, { length }) => total + headBytes + length, 0);
  const frames = Buffer.allocUnsafe(size);
  let at = 0;
  for (const message of messages) {
    frames.writeUInt8(0, at);
    frames.writeUInt32BE(message.length, at + 1);
    frames.set(message, at + headBytes);
    at += headBytes + message.length;
  }
  return frames;
}

const headBytes = 5;

/** Puts messages together from chunks that end anywhere. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The messages that are complete with this chunk. */
  read(chunk: Buffer): Buffer[] {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const messages: Buffer[] = [];
    while (rest.length >= headBytes) {
      const end = headBytes + rest.readUInt32BE(1);
      if (rest.length < end) break;
      if (rest[0] !== 0) throw new Error('the engine sends compressed messages, which nobody asked for');
      messages.push(rest.subarray(headBytes, end));
      rest = rest.subarray(end);
    }
    this.#rest = rest;
    return messages;
  }
}

/** The messages of a stream, one after the other. */
export async function* readMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const frames = new FrameReader();
  for await (const chunk of chunks) yield* frames.read(chunk);
}
