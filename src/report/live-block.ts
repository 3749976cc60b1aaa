export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** Where the size of a terminal is not known. */
const usualSize: ScreenSize = { columns: 80, rows: 24 };
const mostLines = 16;

/** Lines at the end of a terminal that are drawn over, while other lines go above them and stay. */
export class LiveBlock {
  readonly #write: (text: string) => void;
  readonly #size: () => ScreenSize | undefined;
  #shown: readonly string[] = [];

  constructor(write: (text: string) => void, size: () => ScreenSize | undefined) {
    this.#write = write;
    this.#size = size;
  }

  /** How many lines there is room for. */
  get height(): number {
    return Math.max(1, Math.min(mostLines, this.#screen.rows - 2));
  }

  /** A line that stays. */
  print(line: string): void {
    this.#write(`${this.#erased()}${line}\n${drawn(this.#shown)}`);
  }

  /** Replaces the block; without lines there is none. Lines that are too long are cut: one that wraps cannot be drawn over. */
  show(lines: readonly string[]): void {
    const { columns } = this.#screen;
    const fitting = lines.map((line) => (line.length < columns ? line : `${line.slice(0, columns - 2)}…`));
    if (fitting.length === 0 && this.#shown.length === 0) return;
    this.#write(`${this.#erased()}${drawn(fitting)}`);
    this.#shown = fitting;
  }

  get #screen(): ScreenSize {
    return this.#size() ?? usualSize;
  }

  /** Up to the first line of the block, and clear from there. */
  #erased(): string {
    return this.#shown.length === 0 ? '' : `\x1b[${this.#shown.length}A\x1b[J`;
  }
}

function drawn(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
