import type { ValuePath } from '../../model/span.js';
import { BuildPlaceError } from '../../problems/errors.js';

/** Runs what reads for one key of `build`; an error then says which. Keys that it knows itself are left as they are. */
export async function blaming<T>(key: ValuePath, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw withKey(error, key);
  }
}

/** The same for what comes bit by bit. */
export async function* blamingEach<T>(key: ValuePath, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw withKey(error, key);
  }
}

function withKey(error: unknown, key: ValuePath): unknown {
  if (!(error instanceof BuildPlaceError) || error.key.length > 0) return error;
  const { path, message, hint, evidence, cause } = error;
  return new BuildPlaceError(path, message, {
    key,
    evidence,
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}
