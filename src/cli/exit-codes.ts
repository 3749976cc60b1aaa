import { CancelledError, type EngineError } from '../problems/errors.js';

/** Exit codes; where docker compose has one for a case, ours is the same. */
export const exitCode = {
  ok: 0,
  failed: 1,
  /** `plan`: there is something to change. */
  changes: 2,
  /** `run`: the container could not be started. */
  notStarted: 125,
  /** `run`: the command is there, but is no program. */
  notExecutable: 126,
  /** `run`: there is no such command. */
  noCommand: 127,
  cancelled: 130,
  /** What shells say of a program that wrote to a closed pipe. */
  brokenPipe: 141,
} as const;

export function exitCodeOf(error: unknown): number {
  return error instanceof CancelledError ? exitCode.cancelled : exitCode.failed;
}

/** As shells and the docker command tell a command that is not there from one that is no program. */
export function startFailureCode({ message }: EngineError): number {
  if (/executable file not found|: no such file or directory/.test(message)) return exitCode.noCommand;
  return /permission denied|is a directory/.test(message) ? exitCode.notExecutable : exitCode.notStarted;
}
