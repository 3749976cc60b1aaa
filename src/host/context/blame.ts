import type { ValuePath } from '../../model/span.js';
import { BuildPlaceError } from '../../problems/errors.js';

/** Runs what reads for one key of `build`; an error then says which. Keys that it knows itself are left as they are. */
export async function blaming<T>(key: ValuePath, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof BuildPlaceError) || error.key.length > 0) throw error;
    const { path, message, hint, evidence, cause } = error;
    throw new BuildPlaceError(path, message, {
      key,
      evidence,
      cause,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}
