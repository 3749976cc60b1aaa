/** Where a line goes and how it is marked. */
export interface LogPrinterOptions {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  readonly prefix: 'with-prefix' | 'without-prefix';
  /** Colours of prefixes, taken in turn; undefined: no colour. */
  readonly colors: readonly ((text: string) => string)[] | undefined;
}

/** Prints log lines behind the aligned name of their container, each in its colour. */
export class LogPrinter {
  readonly #options: LogPrinterOptions;
  readonly #colors = new Map<string, (text: string) => string>();
  #width = 0;

  constructor(options: LogPrinterOptions) {
    this.#options = options;
  }

  /** Announces a name, so that columns are aligned from the first line on. */
  register(name: string): void {
    this.#width = Math.max(this.#width, name.length);
    const { colors } = this.#options;
    if (this.#colors.has(name) || colors === undefined || colors.length === 0) return;
    const color = colors[this.#colors.size % colors.length];
    if (color !== undefined) this.#colors.set(name, color);
  }

  /** Lines that came together are written together: there may be very many. */
  print(name: string, stream: 'stdout' | 'stderr', texts: readonly string[]): void {
    if (texts.length === 0) return;
    this.register(name);
    const prefix = this.#options.prefix === 'with-prefix' ? this.#prefix(name) : '';
    const text = `${prefix}${texts.join(`\n${prefix}`)}\n`;
    if (stream === 'stdout') this.#options.writeOut(text);
    else this.#options.writeErr(text);
  }

  /** A line about a container, not from it. */
  printStatus(name: string, text: string): void {
    const color = this.#colors.get(name) ?? ((plain: string) => plain);
    this.#options.writeOut(`${color(name)} ${text}\n`);
  }

  #prefix(name: string): string {
    const color = this.#colors.get(name) ?? ((plain: string) => plain);
    // One blank more than needed: the form of docker compose, which scripts cut at.
    return color(`${name.padEnd(this.#width + 1)} | `);
  }
}

/** `web-1` for `app-web-1`: the project goes without saying, unless the name is the user's own. */
export function shortContainerName(name: string, project: string, service: string): string {
  const isOurs = ['-', '_'].some((separator) => name.startsWith([project, service, ''].join(separator)));
  return isOurs ? name.slice(project.length + 1) : name;
}
