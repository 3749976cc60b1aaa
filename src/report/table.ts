import { visibleText } from '../model/visible-text.js';

export interface TableShape {
  /** Blanks between columns. */
  readonly gap: number;
  /** Of a column, with its gap. */
  readonly leastWidth: number;
}

/** As docker's tables are. */
const dockerShape: TableShape = { gap: 3, leastWidth: 10 };

/** Columns of equal width; no blanks at the end of a line. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  { gap, leastWidth }: TableShape = dockerShape,
): string {
  const lines = [header, ...rows.map((row) => row.map(visibleText))];
  const widths = header.map((_, column) => columnWidth(column, lines, gap, leastWidth));
  return lines
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function columnWidth(
  column: number,
  lines: readonly (readonly string[])[],
  gap: number,
  leastWidth: number,
): number {
  // Not Math.max(...): a table may have more rows than a call may have arguments.
  const longest = lines.reduce((width, line) => Math.max(width, (line[column] ?? '').length), 0);
  return Math.max(longest + gap, leastWidth);
}
