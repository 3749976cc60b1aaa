import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';

const shownLines = 12;

/**
 * A reporter for vitest: appends to the file that `TSCOMPOSE_FAILURES` names what failed and why, so that it can be told
 * again at the end, where people look. Errors outside of tests are among it: the report in JSON leaves them out.
 */
export default class FailuresReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.TSCOMPOSE_FAILURES;
    const told = [
      ...modules.flatMap(failuresOf),
      ...unhandledErrors.map((error) => withReason('an error outside of tests', error)),
    ];
    if (file !== undefined && told.length > 0) appendFileSync(file, `${told.join('\n')}\n`);
  }
}

function failuresOf(module) {
  const path = relative(process.cwd(), module.moduleId);
  const tests = [...module.children.allTests('failed')].map((test) =>
    withReason(`${path} > ${test.fullName}`, ...test.result().errors),
  );
  return [...module.errors().map((error) => withReason(path, error)), ...tests];
}

/** The first lines of an error, with where it came from. */
function withReason(title, ...errors) {
  const reasons = errors.flatMap(({ message = '', diff, stacks }) => {
    const place =
      stacks?.[0] === undefined ? [] : [`at ${relative(process.cwd(), stacks[0].file)}:${stacks[0].line}`];
    return [...message.split('\n'), ...(diff ?? '').split('\n'), ...place].filter(
      (line) => line.trim() !== '',
    );
  });
  return [title, ...reasons.slice(0, shownLines).map((line) => `    ${line}`)].join('\n');
}
