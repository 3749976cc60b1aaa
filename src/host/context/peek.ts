/** The beginning of a stream, and the stream as if nobody had looked. */
export interface Peeked {
  /** Shorter than asked for only where the stream is. */
  readonly head: Uint8Array;
  /** Can be read once. */
  readonly all: AsyncIterable<Uint8Array>;
}

export async function peek(source: AsyncIterable<Uint8Array>, bytes: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < bytes) {
    const { done, value } = await iterator.next();
    if (done === true) break;
    taken.push(value);
    length += value.length;
  }
  return { head: Buffer.concat(taken).subarray(0, bytes), all: resume(taken, iterator) };
}

async function* resume(
  taken: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* taken;
    for (;;) {
      const { done, value } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}
