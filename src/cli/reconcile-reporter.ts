import type { EmitProgress } from '../model/progress.js';
import { isOfWatch } from '../report/watch-words.js';
import type { CommandContext } from './command-context.js';
import { watchMark, watchReporter } from './watch-reporter.js';

/** Reports progress, and all that a failure of the loop has to say: files with the place of each problem. */
export function reconcileReporter(context: CommandContext): EmitProgress {
  const showWatching = watchReporter(context, { prefix: watchMark });
  return (event) => {
    if (isOfWatch(event)) return showWatching(event);
    context.reporter.report(event);
    if (event.kind === 'files-invalid') context.explain(event.error);
    if (event.kind === 'pass-ended' && event.outcome.kind === 'failed') context.explain(event.outcome.error);
  };
}
