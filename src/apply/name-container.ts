import type { ContainerRef } from '../model/plan.js';
import { EngineError } from '../problems/errors.js';

const shortIdLength = 12;

/** The same error with the name of the container where it says the id: the engine is asked by id, people think in names. */
export function withName(error: unknown, ref: ContainerRef, created: ReadonlyMap<number, string>): unknown {
  const id = ref.kind === 'existing' ? ref.id : created.get(ref.step);
  if (!(error instanceof EngineError) || id === undefined || error.resource !== id) return error;
  const { kind, message, operation, status, hint, evidence } = error;
  const named = message.replaceAll(id, ref.name).replaceAll(id.slice(0, shortIdLength), ref.name);
  return new EngineError(kind, named, {
    operation,
    resource: ref.name,
    evidence,
    cause: error.cause,
    ...(status === undefined ? {} : { status }),
    ...(hint === undefined ? {} : { hint }),
  });
}
