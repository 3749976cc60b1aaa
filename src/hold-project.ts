import type { Project } from './model/project.js';
import { CancelledError, WaitTimeoutError } from './problems/errors.js';
import type { Session } from './session.js';

type Holding = Pick<Session, 'engine' | 'lock' | 'signal' | 'drain'>;

/**
 * Runs `body` while no other command changes the project, as far as the session has a lock. Looking and changing
 * belong under one hold: what was planned must still be true when it is carried out. The session that `body` gets is
 * one that holds already, for what it calls in turn. Throws CancelledError or WaitTimeoutError when the waiting is ended.
 */
export async function holdProject<S extends Holding, T>(
  { name, workingDir }: Pick<Project, 'name' | 'workingDir'>,
  command: string,
  session: S,
  body: (session: Omit<S, 'lock'>) => Promise<T>,
): Promise<T> {
  const { lock, ...inner } = session;
  if (lock === undefined) return body(inner);
  const claim = { engine: session.engine.address, project: name, command, directory: workingDir };
  const held = await lock.acquire(claim, endOfWaiting(session)).catch((error: unknown) => {
    throw error instanceof CancelledError && isTimeUp(session)
      ? new WaitTimeoutError([], [notOurTurn])
      : error;
  });
  try {
    return await body(inner);
  } finally {
    await held.release();
  }
}

const notOurTurn = 'another command was changing the project all the time';

/** The first Ctrl-C is enough: nothing has begun. */
function endOfWaiting({ signal, drain }: Holding): AbortSignal | undefined {
  const signals = [signal, drain].filter((each) => each !== undefined);
  return signals.length === 0 ? undefined : AbortSignal.any(signals);
}

function isTimeUp({ signal, drain }: Holding): boolean {
  const reason: unknown = drain?.reason;
  return signal?.aborted !== true && reason instanceof DOMException && reason.name === 'TimeoutError';
}
