import { type FootPart, type FootRow, plainRow, type ScreenSize, usualSize } from './foot-row.js';
import {
  changeRows,
  drawRows,
  eraseRows,
  hideCursor,
  inOneGo,
  showCursor,
  type WhenNarrowed,
} from './paint-rows.js';

type Write = (text: string) => void;
type TreeRows = (room: ScreenSize) => readonly FootRow[];

export interface FootOptions {
  /** Of the terminal; undefined: not known. */
  readonly size: () => ScreenSize | undefined;
  readonly whenNarrowed?: WhenNarrowed;
  /** Called when there begins to be something to see; returns what to call when there is nothing any more. */
  readonly onShown?: () => () => void;
}

/**
 * Rows at the foot of a terminal that are drawn over, while whatever else is written goes above them and stays: the
 * tree of what is at work, and below it one line of what can be done. They stand where the next line will begin, so
 * that no part of the screen has to be set aside, and a terminal that scrolls needs no care. As long as there are any,
 * the cursor is, unseen, at the beginning of the last of them.
 */
export class Foot {
  readonly #options: FootOptions;
  #tree: TreeRows | undefined;
  #line: readonly FootPart[] = [];
  #write: Write = () => {};
  /** What is on the screen now, and how large that was. */
  #drawn: readonly FootRow[] = [];
  #drawnSize: ScreenSize = usualSize;
  /** Below an unfinished line there is no place. */
  #isAtLineStart = true;
  #release: (() => void) | undefined;

  constructor(options: FootOptions) {
    this.#options = options;
  }

  /** Shows the line, or another one. `write` writes to the terminal. */
  showLine(parts: readonly FootPart[], write: Write): void {
    this.#line = parts;
    this.#write = write;
    this.redraw();
  }

  hideLine(): void {
    this.#line = [];
    this.redraw();
  }

  /** Shows the tree, or how it is by now. `rows` is asked for again when the terminal becomes another size. */
  showTree(rows: TreeRows, write: Write): void {
    this.#tree = rows;
    this.#write = write;
    this.redraw();
  }

  hideTree(): void {
    this.#tree = undefined;
    this.redraw();
  }

  /** Draws what has changed, or everything where the terminal has. */
  redraw(): void {
    if (!this.#isAtLineStart) return;
    const size = this.#size;
    const rows = this.#rows(size);
    if (rows.length > 0 && this.#drawn.length > 0 && this.#isDrawnFor(size))
      this.#put(changeRows(this.#drawn, rows), rows, size);
    else if (rows.length > 0 || this.#drawn.length > 0)
      this.#put(this.#erased(size) + drawRows(rows), rows, size);
  }

  /** Writes something above. */
  above(text: string, write: Write): void {
    if (text === '') return;
    const size = this.#size;
    this.#write = write;
    this.#isAtLineStart = text.endsWith('\n');
    const isCurrent = this.#drawn.length > 0 && this.#isDrawnFor(size);
    const rows = !this.#isAtLineStart ? [] : isCurrent ? this.#drawn : this.#rows(size);
    if (rows.length === 0 && this.#drawn.length === 0) write(text);
    else this.#put(this.#erased(size) + text + drawRows(rows), rows, size);
  }

  /** Somebody has ended the line that was unfinished: by Enter, which nobody writes. */
  lineEnded(): void {
    this.#isAtLineStart = true;
    this.redraw();
  }

  /** Nothing is to be seen of it until the next `redraw`. */
  blank(): void {
    if (this.#drawn.length > 0) this.#put(this.#erased(this.#size), [], this.#size);
  }

  /** Nothing is left, and nothing comes any more: for the end of the process, however it comes. */
  leave(): void {
    this.#tree = undefined;
    this.#line = [];
    this.blank();
  }

  #put(text: string, rows: readonly FootRow[], size: ScreenSize): void {
    const [had, has] = [this.#drawn.length > 0, rows.length > 0];
    this.#drawn = rows;
    this.#drawnSize = size;
    if (has && !had) this.#release = this.#options.onShown?.();
    const frame = `${has && !had ? hideCursor : ''}${text}${had && !has ? showCursor : ''}`;
    if (frame !== '') this.#write(inOneGo(frame));
    if (had && !has) this.#release?.();
  }

  #rows(size: ScreenSize): readonly FootRow[] {
    const line = this.#line.length === 0 ? [] : [plainRow(this.#line, size.columns - 1)];
    const room = { columns: size.columns, rows: mostRows(size.rows) - line.length };
    const rows = [...(this.#tree?.(room) ?? []), ...line];
    return rows.slice(Math.max(0, rows.length - size.rows));
  }

  #erased(size: ScreenSize): string {
    return eraseRows(this.#drawn, size.columns, this.#options.whenNarrowed ?? 'wraps');
  }

  #isDrawnFor({ columns, rows }: ScreenSize): boolean {
    return columns === this.#drawnSize.columns && rows === this.#drawnSize.rows;
  }

  get #size(): ScreenSize {
    const size = this.#options.size();
    // Terminals that programs make may have no size, which they tell as 0 × 0.
    return size === undefined || size.columns < 1 || size.rows < 1 ? usualSize : size;
  }
}

/** A quarter of the screen is left for what goes above, so that one can see it there. */
function mostRows(rows: number): number {
  return Math.max(1, Math.min(rows - 2, Math.ceil(rows * 0.75)));
}
