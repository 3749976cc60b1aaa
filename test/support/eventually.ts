import { setTimeout as rest } from 'node:timers/promises';

const pauseMs = 50;

/**
 * Looks again until there is something to see: the first result of `look` that is not undefined. What `look` throws
 * counts as nothing, and is the cause of the error when the limit is over.
 */
export async function eventually<T>(look: () => Promise<T | undefined>, limitMs = 15_000): Promise<T> {
  const giveUpAtMs = Date.now() + limitMs;
  for (;;) {
    let cause: unknown;
    try {
      const seen = await look();
      if (seen !== undefined) return seen;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > giveUpAtMs) throw new Error(`nothing to see after ${limitMs} ms`, { cause });
    await rest(pauseMs);
  }
}
