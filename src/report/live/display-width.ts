import stringWidth from 'string-width';
import { type FootPart, type FootRow, isPlain } from './foot-row.js';

const graphemes = new Intl.Segmenter();
const ellipsis = { unicode: '…', ascii: '..' } as const;

export type EllipsisStyle = keyof typeof ellipsis;

/** How many columns of a terminal a text takes: wide characters take two, combining marks none. */
export function columnsOf(text: string): number {
  return isPlain(text) ? text.length : stringWidth(text);
}

/** The text, or as much of its beginning as fits, with dots for the rest. Never wider than `columns`. */
export function cutText(text: string, columns: number, style: EllipsisStyle = 'unicode'): string {
  if (columnsOf(text) <= columns) return text;
  const dots = ellipsis[style].slice(0, Math.max(0, columns));
  return `${beginning(text, columns - dots.length)}${dots}`;
}

/** The text with blanks behind it up to that width. */
export function padText(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** One row of its parts, cut to what fits: what is too much is left out from the end. */
export function rowOf(parts: readonly FootPart[], columns: number, style?: EllipsisStyle): FootRow {
  let [text, used] = ['', 0];
  for (const part of parts) {
    const fitting = cutText(part.text, columns - used, style);
    text += part.paint === undefined || fitting.trim() === '' ? fitting : part.paint(fitting);
    used += columnsOf(fitting);
    if (fitting !== part.text) break;
  }
  return { text, columns: used };
}

function beginning(text: string, columns: number): string {
  if (isPlain(text)) return text.slice(0, Math.max(0, columns));
  let [kept, used] = ['', 0];
  for (const { segment } of graphemes.segment(text)) {
    used += columnsOf(segment);
    if (used > columns) break;
    kept += segment;
  }
  return kept;
}
