import { CancelledError, EngineError, type EngineErrorKind } from '../../problems/errors.js';

/** Throws as an engine would. */
export function refuse(kind: EngineErrorKind, operation: string, resource: string, reason: string): never {
  throw new EngineError(kind, `cannot ${operation} ${resource}: ${reason}`, { operation, resource });
}

export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}
