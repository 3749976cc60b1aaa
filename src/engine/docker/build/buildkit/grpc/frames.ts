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

/** Puts messages together from chunks that end anywhere. A message may well take hundreds of them. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #length = 0;
  /** With so many bytes there may be something to do. */
  #wanted = headBytes;

  /** The messages that are complete with this chunk. */
  read(chunk: Buffer): Buffer[] {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#wanted) return [];
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length);
    const messages: Buffer[] = [];
    let end = endOfFirst(rest);
    while (end !== undefined && rest.length >= end) {
      if (rest[0] !== 0) throw new Error('the engine sends compressed messages, which nobody asked for');
      messages.push(rest.subarray(headBytes, end));
      rest = rest.subarray(end);
      end = endOfFirst(rest);
    }
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    this.#wanted = end ?? headBytes;
    return messages;
  }
}

/** Where the first message ends, once its length is known. */
function endOfFirst(bytes: Buffer): number | undefined {
  return bytes.length < headBytes ? undefined : headBytes + bytes.readUInt32BE(1);
}

/** The messages of a stream, one after the other. */
export async function* readMessages(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const frames = new FrameReader();
  for await (const chunk of chunks) yield* frames.read(chunk);
}
