import type { CodeProblem } from '../../model/compose-code.js';

const variable = 'TSCOMPOSE_CODE_TIMEOUT';
const usualSeconds = 60;
/** What timers can wait, about 24 days. */
const mostSeconds = 2 ** 31 / 1000 - 1;

/** How long code may take, and what to say when it takes longer. */
export type CodeLimit =
  | { readonly limitMs: number; readonly overdue: CodeProblem }
  | { readonly problem: CodeProblem };

/** `TSCOMPOSE_CODE_TIMEOUT` in seconds, also from `.env`. */
export function codeLimit(environment: ReadonlyMap<string, string>): CodeLimit {
  const text = environment.get(variable) || String(usualSeconds);
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= mostSeconds)) {
    const message = `it is not run: ${variable} is "${text}", which is no number of seconds`;
    return { problem: { kind: 'run', message, hint: `write ${variable}=${usualSeconds}, or leave it out` } };
  }
  const overdue = {
    kind: 'run',
    message: `the code has not ended after ${seconds} s`,
    hint: `look for a loop without an end, or for something that it waits for; ${variable} gives it more seconds`,
  } as const;
  return { limitMs: seconds * 1000, overdue };
}
