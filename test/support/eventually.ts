import { setTimeout as rest } from 'node:timers/promises';

const pauseMs = 50;

/**
 * Looks again until there is something to see: the first result of `look` that is not undefined. What `look` throws
 * counts as nothing, and is the cause of the error when the limit is over.
 */
export async function eventually<T>(look: () => Promise<T | undefined>, limitMs = 15_000): Promise<T> {
  const giveUpAtMs = Date.now() + limitMs;
  for (;;) {
    const seen = await look().catch((cause: unknown) => new Unseen(cause));
    if (seen !== undefined && !(seen instanceof Unseen)) return seen;
    if (Date.now() > giveUpAtMs) {
      throw new Error(`nothing to see after ${limitMs} ms`, { cause: seen?.cause });
    }
    await rest(pauseMs);
  }
}

class Unseen {
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }
}
