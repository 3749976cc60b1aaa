import type { Span } from '../model/span.js';
import { blottedText } from '../model/visible-text.js';
import { type LineKind, maskLine } from './mask-line.js';

const contextLines = 1;
/** Characters of a line that are shown; of longer ones only the surroundings of the span. */
const maximumWidth = 160;
/** Of these, so many lead up to the span. */
const leadingWidth = 50;

/**
 * The line of a span with its neighbours and a row of carets under it:
 *
 *       3 |     image: nginx
 *     > 4 |     prts:
 *         |     ^^^^
 */
export function codeFrame(text: string, span: Span, kind: LineKind = 'compose-file'): string {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, span.line - contextLines);
  const last = Math.min(lines.length, span.line);
  const width = String(last).length;
  const window = windowAround(span, lines[span.line - 1] ?? '');
  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const line = cut(maskLine(blottedText((lines[number - 1] ?? '').replaceAll('\t', ' ')), kind), window);
    rows.push(`${number === span.line ? '>' : ' '} ${String(number).padStart(width)} | ${line}`.trimEnd());
    if (number === span.line) {
      const column = span.column - window.start;
      const room = Math.max(1, Math.min(line.length, maximumWidth) - column + 1);
      const carets = '^'.repeat(Math.max(1, Math.min(span.length, room)));
      rows.push(`  ${' '.repeat(width)} | ${' '.repeat(column - 1)}${carets}`);
    }
  }
  return rows.join('\n');
}

interface Window {
  /** Characters that are left out in front. */
  readonly start: number;
}

/** All of a line that is short enough, otherwise the span with what leads up to it. */
function windowAround(span: Span, line: string): Window {
  if (line.length <= maximumWidth) return { start: 0 };
  return { start: Math.max(0, span.column - 1 - leadingWidth) };
}

function cut(line: string, { start }: Window): string {
  const shown = line.slice(start, start + maximumWidth);
  const before = start > 0 && shown.length > 0 ? `…${shown.slice(1)}` : shown;
  return start + maximumWidth < line.length ? `${before.slice(0, -1)}…` : before;
}
