import type { ShowSpan } from '../report/plan-notes.js';
import { jsonReporter, plainReporter, quietReporter, type Reporter } from '../report/reporter.js';
import { colorsFor } from './colors.js';
import type { CliIo } from './io.js';
import type { GlobalOptions } from './options/global-options.js';

/** Progress goes to stderr, so that stdout holds results only. */
export function chooseReporter(io: CliIo, globals: GlobalOptions, showSpan: ShowSpan): Reporter {
  const mode = globals.progress ?? io.environment.get('COMPOSE_PROGRESS') ?? 'auto';
  const write = (line: string) => io.stderr.write(`${line}\n`);
  if (mode === 'quiet' || mode === 'none') return quietReporter;
  if (mode === 'json') return jsonReporter(write, showSpan);
  const { green, yellow, red, dim } = colorsFor(io.stderr, io, globals);
  return plainReporter(write, { green, yellow, red, dim }, showSpan);
}
