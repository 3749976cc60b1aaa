import { LiveBlock } from '../report/live-block.js';
import { withLiveTransfers } from '../report/live-transfers.js';
import type { ShowSpan } from '../report/plan-notes.js';
import {
  jsonReporter,
  type Paint,
  plainReporter,
  quietReporter,
  type Reporter,
  type WriteLine,
} from '../report/reporter.js';
import { colorsFor } from './colors.js';
import type { CliIo } from './io.js';
import type { GlobalOptions } from './options/global-options.js';
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
      return jsonReporter(write, showSpan);
    case 'plain':
      return plainReporter(write, plainPaint(io, globals), showSpan);
    case 'drawn': {
      const paint = colorsFor(stream, io, globals);
      const block = new LiveBlock(
        (text) => stream.write(text),
        () => io.terminalSize(),
      );
      return withLiveTransfers((writeLine) => plainReporter(writeLine, paint, showSpan), block);
    }
  }
}

/** Plain lines have no control codes, whoever reads them, unless somebody wants colours whatever they are for. */
function plainPaint(io: CliIo, globals: GlobalOptions): Paint {
  const ansi = ansiWish(io, globals) === 'always' ? 'always' : 'never';
  return colorsFor(io.stderr, io, { ansi });
}
