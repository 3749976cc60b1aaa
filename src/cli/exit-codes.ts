import { CancelledError } from '../problems/errors.js';

/** Exit codes; where docker compose has one for a case, ours is the same. */
export const exitCode = {
  ok: 0,
  failed: 1,
  /** `plan`: there is something to change. */
  changes: 2,
  cancelled: 130,
  /** What shells say of a program that wrote to a closed pipe. */
  brokenPipe: 141,
} as const;

export function exitCodeOf(error: unknown): number {
  return error instanceof CancelledError ? exitCode.cancelled : exitCode.failed;
}
