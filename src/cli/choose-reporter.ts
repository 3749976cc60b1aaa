import { jsonReporter } from '../report/event/json-reporter.js';
import { liveReporter } from '../report/live/live-reporter.js';
import type { ShowSpan } from '../report/plan-notes.js';
import {
  type Paint,
  plainReporter,
  quietReporter,
  type Reporter,
  type WriteLine,
} from '../report/reporter.js';
import { withSummary } from '../report/with-summary.js';
import { colorsFor } from './colors.js';
import type { CliIo } from './io.js';
import { liveTerminal } from './live-terminal.js';
import type { GlobalOptions } from './options/global-options.js';
import { pathShower } from './path-shower.js';
import { ansiWish, progressMode, progressStream } from './progress-mode.js';

/** Progress in the form that flags, variables and the terminal ask for. */
export function chooseReporter(io: CliIo, globals: GlobalOptions, showSpan: ShowSpan): Reporter {
  const mode = progressMode(io, globals);
  const stream = progressStream(io);
  const write: WriteLine = (line) => stream.write(`${line}\n`);
  switch (mode) {
    case 'quiet':
      return quietReporter;
    case 'json':
      return jsonReporter(write, io.clock, { showSpan, showPath: pathShower(io.cwd) });
    case 'plain':
      return withSummary(plainReporter(write, plainPaint(io, globals), showSpan), write);
    case 'drawn': {
      const paint = colorsFor(stream, io, globals);
      const lines = (print: WriteLine) => plainReporter(print, paint, showSpan);
      return liveReporter(lines, liveTerminal(io, stream, paint));
    }
  }
}

/** Plain lines have no control codes, whoever reads them, unless somebody wants colours whatever they are for. */
function plainPaint(io: CliIo, globals: GlobalOptions): Paint {
  const ansi = ansiWish(io, globals) === 'always' ? 'always' : 'never';
  return colorsFor(io.stderr, io, { ansi });
}
