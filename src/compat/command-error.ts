import type { ProblemCode } from '../problems/codes.js';
import { TscomposeError } from '../problems/errors.js';
import type { IDockerComposeResult } from './results.js';

/**
 * A command did not end well. An Error with all that the result of a command has, since that is what `docker-compose`
 * rejects with; `cause` is what went wrong, when it was not just the exit code of a program in a container.
 */
export class ComposeCommandError extends Error implements IDockerComposeResult {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
  readonly truncated: { readonly out: boolean; readonly err: boolean };
  /** Code of the problem (docs/errors.md), when `cause` has one. */
  readonly code?: ProblemCode;

  constructor(
    message: string,
    { exitCode, out, err, truncated }: IDockerComposeResult & { exitCode: number },
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ComposeCommandError';
    this.exitCode = exitCode;
    this.out = out;
    this.err = err;
    this.truncated = truncated;
    if (cause instanceof TscomposeError) this.code = cause.code;
  }
}
