import type { Span } from '../model/span.js';

const contextLines = 1;

/**
 * The line of a span with its neighbours and a row of carets under it:
 *
 *       3 |     image: nginx
 *     > 4 |     prts:
 *         |     ^^^^
 */
export function codeFrame(text: string, span: Span): string {
  const lines = text.split(/\r?\n/);
  const first = Math.max(1, span.line - contextLines);
  const last = Math.min(lines.length, span.line);
  const width = String(last).length;
  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const line = (lines[number - 1] ?? '').replaceAll('\t', ' ');
    rows.push(`${number === span.line ? '>' : ' '} ${String(number).padStart(width)} | ${line}`.trimEnd());
    if (number === span.line) {
      const room = Math.max(1, line.length - span.column + 1);
      const carets = '^'.repeat(Math.max(1, Math.min(span.length, room)));
      rows.push(`  ${' '.repeat(width)} | ${' '.repeat(span.column - 1)}${carets}`);
    }
  }
  return rows.join('\n');
}
