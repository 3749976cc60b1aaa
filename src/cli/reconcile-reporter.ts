import type { EmitProgress } from '../model/progress.js';
import type { CommandContext } from './command-context.js';
import { problemText } from './print-problem.js';
import { isOfWatch, watchMark, watchReporter } from './watch-reporter.js';

/** Reports progress, and all that a failure of the loop has to say: files with the place of each problem. */
export function reconcileReporter(context: CommandContext): EmitProgress {
  const showWatching = watchReporter(context, { prefix: watchMark });
  return (event) => {
    if (isOfWatch(event)) return showWatching(event);
    context.reporter.report(event);
    const isFailure = event.kind === 'pass-ended' && event.outcome.kind === 'failed';
    if (event.kind === 'files-invalid') context.fail(problemText(event.error, context.sources));
    if (isFailure && event.outcome.kind === 'failed')
      context.fail(problemText(event.outcome.error, context.sources));
  };
}
