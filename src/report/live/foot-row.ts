/** A piece of a row, and how it looks. */
export interface FootPart {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** A row of a terminal: its text with colours, and how many columns it takes. */
export interface FootRow {
  readonly text: string;
  readonly columns: number;
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Where the size of a terminal is not known. */
export const usualSize: ScreenSize = { columns: 80, rows: 24 };

/** Whether it is known without a closer look that each character takes one column: ASCII, and the signs of the tree. */
export function isPlain(text: string): boolean {
  return /^[\x20-\x7e·…─━├└✘\u2800-\u28ff]*$/.test(text);
}

/** A row of parts in which each character takes one column, cut to what fits. */
export function plainRow(parts: readonly FootPart[], columns: number): FootRow {
  let [text, used] = ['', 0];
  for (const { text: whole, paint = asItIs } of parts) {
    const fitting = whole.slice(0, Math.max(0, columns - used));
    if (fitting !== '') text += paint(fitting);
    used += fitting.length;
  }
  return { text, columns: used };
}

const asItIs = (text: string): string => text;
