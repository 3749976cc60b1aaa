import { given } from '../model/given.js';
import { UsageError, WaitTimeoutError } from '../problems/errors.js';
import type { Session } from '../session.js';

/** `--wait-timeout`: nothing more is started after it, and waits end. 0 stands for no limit. */
export async function withTimeLimit(
  seconds: number | undefined,
  session: Session,
  body: (session: Session) => Promise<unknown>,
): Promise<void> {
  if (seconds === undefined || seconds === 0) {
    await body(session);
    return;
  }
  const limit = AbortSignal.timeout(seconds * 1000);
  const drain = session.drain === undefined ? limit : AbortSignal.any([session.drain, limit]);
  try {
    await body({ ...session, drain });
  } catch (error) {
    if (!(error instanceof WaitTimeoutError)) throw error;
    const { containers, evidence, code, hint } = error;
    const who = containers.length === 0 ? '' : `: ${containers.join(', ')}`;
    throw new UsageError(`application not healthy after ${seconds}s${who}`, {
      code,
      evidence,
      cause: error,
      ...given({ hint }),
    });
  }
}
