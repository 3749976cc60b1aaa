import type { EmitProgress, ProgressEvent } from '../model/progress.js';
import { isOfWatch, watchLines } from '../report/watch-words.js';
import type { CommandContext } from './command-context.js';
import { pathShower } from './path-shower.js';
import { wantsJson } from './progress-mode.js';
import { quietProgress } from './quiet-progress.js';

/** Marks lines that are not from a container. */
export const watchMark = '⦿ ';

/**
 * What watching does goes to standard output, as with docker compose, `prefix` before each line; errors with all that
 * they have to say to standard error. A restart is told once, not step by step.
 */
export function watchReporter(
  context: CommandContext,
  { quiet, prefix = '' }: { readonly quiet?: boolean | undefined; readonly prefix?: string } = {},
): EmitProgress {
  const { io, globals, reporter } = context;
  const show = pathShower(io.cwd);
  const rest = quietProgress((event) => reporter.report(event), { quietBuild: quiet === true });
  // Programs get everything, and in one place.
  const isJson = wantsJson(io, globals);
  return (event) => {
    if (isOfWatch(event)) {
      reporter.report(event);
      if (!isJson) for (const line of watchLines(event, show)) io.stdout.write(`${prefix}${line}\n`);
      if (event.kind === 'watch-failed') context.explain(event.error);
      return;
    }
    if (event.kind === 'files-invalid') context.explain(event.error);
    if (isJson || !isRestartStep(event)) rest(event);
  };
}

function isRestartStep(event: ProgressEvent): boolean {
  return 'step' in event && event.step.kind === 'restart-container';
}
