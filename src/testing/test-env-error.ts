import { ApplyError, BlockedError, ConfigError, TscomposeError } from '../problems/errors.js';

/** A stack for tests did not become ready. Its message has all there is to say, since runners show little else. */
export class TestEnvError extends TscomposeError {
  /** What the containers had written, container by container, each after a line that says which and in what state. */
  readonly logs: readonly string[];

  constructor(cause: TscomposeError, logs: readonly string[]) {
    const evidence = evidenceOf(cause);
    const hint = cause.hint === undefined ? [] : [`hint: ${cause.hint}`];
    const lines = [cause.message, ...evidence.map((line) => `  ${line}`), ...hint, ...logs];
    super(cause.code, lines.join('\n'), { cause, evidence });
    this.logs = logs;
  }
}

function evidenceOf(error: TscomposeError): readonly string[] {
  if (error instanceof ApplyError || error instanceof BlockedError || error instanceof ConfigError)
    return error.diagnostics.flatMap(({ code, evidence = [], hint }) =>
      // How to look at a container that is not what it should be is of no use once it is gone.
      hint === undefined || code === 'apply/dependency-failed' ? evidence : [...evidence, `hint: ${hint}`],
    );
  return error.evidence;
}
