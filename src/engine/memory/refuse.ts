import { given } from '../../model/given.js';
import { CancelledError, EngineError, type EngineErrorKind } from '../../problems/errors.js';

/** Throws as an engine would. */
export function refuse(
  kind: EngineErrorKind,
  operation: string,
  resource: string,
  reason: string,
  hint?: string,
): never {
  const message = `cannot ${operation} ${resource}: ${reason}`;
  throw new EngineError(kind, message, { operation, resource, ...given({ hint }) });
}

export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}
