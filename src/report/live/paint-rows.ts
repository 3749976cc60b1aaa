import type { FootRow } from './foot-row.js';

/**
 * What a terminal does with rows that are too long when it becomes narrower: most show the rest of each below it
 * (`wraps`), few do not show it any more (`cuts`).
 */
export type WhenNarrowed = 'wraps' | 'cuts';

/** All of a frame at once, where terminals can; those that cannot take no notice. */
export function inOneGo(text: string): string {
  return `\x1b[?2026h${text}\x1b[?2026l`;
}

export const hideCursor = '\x1b[?25l';
export const showCursor = '\x1b[?25h';

/** From the beginning of the last of the rows: up to that of the first, and nothing there any more. */
export function eraseRows(rows: readonly FootRow[], columns: number, whenNarrowed: WhenNarrowed): string {
  if (rows.length === 0) return '';
  const heights = rows
    .slice(0, -1)
    .map((row) => (whenNarrowed === 'cuts' ? 1 : Math.max(1, Math.ceil(row.columns / Math.max(1, columns)))));
  return `${up(heights.reduce((sum, height) => sum + height, 0))}\r\x1b[J`;
}

/** The rows from here on. The cursor stays at the beginning of the last. */
export function drawRows(rows: readonly FootRow[]): string {
  return rows.length === 0 ? '' : unwrapped(`${rows.map(({ text }) => text).join('\n')}\r`);
}

/** Rows in the place of others: what is the same is not written again. The terminal is as large as before. */
export function changeRows(before: readonly FootRow[], after: readonly FootRow[]): string {
  if (before.length === 0 || after.length === 0) throw new RangeError('there are no rows to change');
  if (before.length === after.length && after.every(({ text }, at) => text === before[at]?.text)) return '';
  const last = after.length - 1;
  // The last row is where the terminal echoes what is typed, and from its end on it is cleared.
  const isSame = (at: number) => at < last && before[at]?.text === after[at]?.text;
  const from = after.findIndex((_, at) => !isSame(at));
  const changed = after
    .slice(from)
    .map(({ text }, index) => (isSame(from + index) ? '' : `${text}\x1b[K`))
    .join('\n');
  // A row that is added begins below the last one.
  const start = Math.min(from, before.length - 1);
  return unwrapped(
    `\r${up(before.length - 1 - start)}${from > start ? '\n' : ''}${changed}${after.length < before.length ? '\x1b[J' : ''}\r`,
  );
}

/** No row becomes two, even if the terminal takes some sign to be wider than we do. */
function unwrapped(text: string): string {
  return `\x1b[?7l${text}\x1b[?7h`;
}

function up(rows: number): string {
  return rows === 0 ? '' : `\x1b[${rows}A`;
}
