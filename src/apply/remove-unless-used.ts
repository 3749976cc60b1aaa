import type { Engine } from '../engine/engine.js';
import type { HeldResource } from '../engine/look-port.js';
import { EngineError } from '../problems/errors.js';
import type { StepEffect } from './step-context.js';

/** What is to be removed. */
export interface Removable extends HeldResource {
  /** `app_default`. */
  readonly name: string;
}

interface RemovalTools {
  readonly whenInUse: 'fail' | 'keep';
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/**
 * Removes something that others may use. Then it stays, and who uses it is told: in a warning, or with the failure if
 * it was to go in any case. Throws EngineError.
 */
export async function removeUnlessUsed(
  removable: Removable,
  remove: () => Promise<void>,
  { whenInUse, engine, signal }: RemovalTools,
): Promise<StepEffect> {
  try {
    await remove();
    return {};
  } catch (error) {
    if (!(error instanceof EngineError) || error.kind !== 'in-use') throw error;
    const holders = await holdersOf(removable, engine, signal);
    if (whenInUse === 'keep') {
      const by = holders.length === 0 ? '' : ` by ${holders.join(', ')}`;
      return { warning: `${removable.kind} ${removable.name}: resource is still in use${by}` };
    }
    throw withHolders(error, removable, holders);
  }
}

/** `container guest of project other`. A courtesy: when the engine cannot say, it is told without. */
async function holdersOf(removable: Removable, engine: Engine, signal: AbortSignal): Promise<string[]> {
  try {
    return (await engine.looks.listHolders(removable, signal)).map(({ name, project }) =>
      project === undefined ? `container ${name}` : `container ${name} of project ${project}`,
    );
  } catch {
    return [];
  }
}

function withHolders(
  error: EngineError,
  { kind: what, name }: Removable,
  holders: readonly string[],
): EngineError {
  const { kind, message, operation, resource, status, cause } = error;
  return new EngineError(kind, message, {
    operation,
    cause,
    evidence: holders.map((holder) => `${what} ${name} is used by ${holder}`),
    ...(resource === undefined ? {} : { resource }),
    ...(status === undefined ? {} : { status }),
    ...(holders.length === 0 ? {} : { hint: 'stop or remove what uses it, and try again' }),
  });
}
