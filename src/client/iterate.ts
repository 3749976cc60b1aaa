/**
 * What a function tells by calling back, as an iterable. `produce` may await each `push`: it is fulfilled when the value
 * has been dealt with, so that a slow reader slows the producer down instead of filling memory. A reader that leaves
 * early aborts the producer's signal and waits for its end; what the producer throws, the reader gets.
 */
export async function* iterate<T>(
  produce: (push: (value: T) => Promise<void>, signal: AbortSignal) => Promise<unknown>,
  outer?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const left = new AbortController();
  const values = new Values<T>(left.signal);
  const signal = outer === undefined ? left.signal : AbortSignal.any([outer, left.signal]);
  const production = produce((value) => values.push(value), signal).finally(() => values.close());
  // Whoever leaves early does not hear of it any more.
  production.catch(() => {});
  try {
    for (let next = await values.take(); next !== undefined; next = await values.take()) {
      try {
        yield next.value;
      } finally {
        // Also for a reader that leaves with it.
        next.done();
      }
    }
    await production;
  } finally {
    left.abort();
    values.dropAll();
    await production.catch(() => {});
  }
}

interface Waiting<T> {
  readonly value: T;
  /** Tells the producer that the value has been dealt with. */
  readonly done: () => void;
}

class Values<T> {
  readonly #left: AbortSignal;
  readonly #waiting: Waiting<T>[] = [];
  #isClosed = false;
  #wake = () => {};

  constructor(left: AbortSignal) {
    this.#left = left;
  }

  push(value: T): Promise<void> {
    if (this.#left.aborted) return Promise.resolve();
    return new Promise((done) => {
      this.#waiting.push({ value, done });
      this.#wake();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  /** The next value; undefined: there will be none. */
  async take(): Promise<Waiting<T> | undefined> {
    while (this.#waiting.length === 0 && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#waiting.shift();
  }

  dropAll(): void {
    for (const { done } of this.#waiting.splice(0)) done();
  }
}
