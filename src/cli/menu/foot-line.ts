/** A piece of the line, and how it looks. */
export interface FootPart {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * One line at the foot of a terminal: whatever is written goes above it. It stands where the next line will begin, so
 * that no part of the screen has to be set aside, and a terminal that scrolls needs no care.
 */
export class FootLine {
  readonly #columns: () => number | undefined;
  #write: ((text: string) => void) | undefined;
  #parts: readonly FootPart[] = [];
  #drawnLength = 0;
  /** Below an unfinished line there is no place for it. */
  #isAtLineStart = true;

  constructor(columns: () => number | undefined) {
    this.#columns = columns;
  }

  /** Shows the line, or another one. `write` writes to the terminal. */
  show(parts: readonly FootPart[], write: (text: string) => void): void {
    const erased = this.#erased();
    this.#parts = parts;
    this.#write = write;
    write(erased + this.#drawn());
  }

  hide(): void {
    if (this.#drawnLength > 0) this.#write?.(this.#erased());
    this.#parts = [];
    this.#drawnLength = 0;
  }

  /** After a change of the size of the terminal. */
  redraw(): void {
    if (this.#parts.length > 0) this.#write?.(this.#erased() + this.#drawn());
  }

  /** Writes something above the line. */
  above(text: string, write: (text: string) => void): void {
    if (text === '') return;
    const erased = this.#erased();
    this.#isAtLineStart = text.endsWith('\n');
    write(erased + text + this.#drawn());
  }

  /** A terminal that has become narrower shows what was one line as several. */
  #erased(): string {
    if (this.#drawnLength === 0) return '';
    const rows = Math.ceil(this.#drawnLength / this.#width);
    return `${rows > 1 ? `\x1b[${rows - 1}A` : ''}\r\x1b[J`;
  }

  /** Cut to what fits: a line that wraps would scroll. */
  #drawn(): string {
    let [drawn, length] = ['', 0];
    if (this.#isAtLineStart) {
      for (const { text, paint = asItIs } of this.#parts) {
        const fitting = text.slice(0, this.#width - 1 - length);
        if (fitting !== '') drawn += paint(fitting);
        length += fitting.length;
      }
    }
    this.#drawnLength = length;
    return drawn;
  }

  get #width(): number {
    return this.#columns() ?? 80;
  }
}

const asItIs = (text: string): string => text;
