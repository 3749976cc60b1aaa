import { UsageError } from '../problems/errors.js';
import { LiveBlock } from '../report/live-block.js';
import { withLiveTransfers } from '../report/live-transfers.js';
import type { ShowSpan } from '../report/plan-notes.js';
import {
  jsonReporter,
  plainReporter,
  quietReporter,
  type Reporter,
  type WriteLine,
} from '../report/reporter.js';
import { colorsFor } from './colors.js';
import type { CliIo } from './io.js';
import type { GlobalOptions } from './options/global-options.js';

/** Progress goes to stderr, so that stdout holds results only. */
export function chooseReporter(io: CliIo, globals: GlobalOptions, showSpan: ShowSpan): Reporter {
  const mode = globals.progress ?? io.environment.get('COMPOSE_PROGRESS') ?? 'auto';
  const write: WriteLine = (line) => io.stderr.write(`${line}\n`);
  if (mode === 'quiet' || mode === 'none') return quietReporter;
  if (mode === 'json') return jsonReporter(write, showSpan);
  const { green, yellow, red, dim } = colorsFor(io.stderr, io, globals);
  const plain = (writeLine: WriteLine) => plainReporter(writeLine, { green, yellow, red, dim }, showSpan);
  if (!isDrawn(mode, io, globals)) return plain(write);
  const block = new LiveBlock(
    (text) => io.stderr.write(text),
    () => io.terminalSize(),
  );
  return withLiveTransfers(plain, block);
}

/** Whether lines are drawn over: when that can be done, and always with `tty`. */
function isDrawn(mode: string, { stderr, environment }: CliIo, { progress, ansi }: GlobalOptions): boolean {
  const when = ansi ?? environment.get('COMPOSE_ANSI') ?? 'auto';
  if (when === 'never') {
    if (progress === 'tty') throw new UsageError("can't use --progress tty while ANSI support is disabled");
    return false;
  }
  return mode === 'tty' || (mode === 'auto' && stderr.isTty && environment.get('TERM') !== 'dumb');
}
