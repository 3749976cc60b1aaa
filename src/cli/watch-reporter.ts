import { isAbsolute, relative } from 'node:path';
import type { EmitProgress, ProgressEvent } from '../model/progress.js';
import type { WatchEvent } from '../model/watch-event.js';
import { type ShowPath, watchLines, watchProgress } from '../report/watch-words.js';
import type { CommandContext } from './command-context.js';
import { problemText } from './print-problem.js';
import { wantsJson } from './progress-mode.js';
import { quietProgress } from './quiet-progress.js';

/** Marks lines that are not from a container. */
export const watchMark = '⦿ ';

/** Relative to where the person is, if that is shorter. */
export function pathShower(cwd: string): ShowPath {
  return (path) => {
    const short = isAbsolute(path) ? relative(cwd, path) : path;
    return short.startsWith('../..') ? path : short || '.';
  };
}

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
  const isJson = wantsJson(io, globals);
  const rest = quietProgress((event) => reporter.report(event), { quietBuild: quiet === true });
  return (event) => {
    if (!isOfWatch(event)) {
      if (event.kind === 'files-invalid') context.fail(problemText(event.error, context.sources));
      if (!isRestartStep(event)) rest(event);
      return;
    }
    if (isJson) for (const line of watchProgress(event, show)) reporter.tell(line);
    else for (const line of watchLines(event, show)) io.stdout.write(`${prefix}${line}\n`);
    if (event.kind === 'watch-failed') context.fail(problemText(event.error, context.sources));
  };
}

export function isOfWatch(event: ProgressEvent): event is WatchEvent {
  return event.kind.startsWith('watch-');
}

function isRestartStep(event: ProgressEvent): boolean {
  return 'step' in event && event.step.kind === 'restart-container';
}
