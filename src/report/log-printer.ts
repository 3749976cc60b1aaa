import { visibleText } from '../model/visible-text.js';

type Paint = (text: string) => string;

/** Where a line goes and how it is marked. */
export interface LogPrinterOptions {
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
  readonly prefix: 'with-prefix' | 'without-prefix';
  /** Colours of prefixes, taken in turn by the services; undefined: no colour. */
  readonly colors: readonly Paint[] | undefined;
}

const asItIs: Paint = (text) => text;

/** Prints log lines behind the aligned name of their container, in the colour of its service. */
export class LogPrinter {
  readonly #options: LogPrinterOptions;
  readonly #colors = new Map<string, Paint>();
  readonly #services = new Map<string, string>();
  #width = 0;

  constructor(options: LogPrinterOptions) {
    this.#options = options;
  }

  /** Announces all services, so that each has the same colour whichever of them are shown. */
  announce(services: Iterable<string>): void {
    for (const service of [...services].sort()) this.#colorOf(service);
  }

  /** Announces a container, so that columns are aligned from the first line on. */
  register(name: string, service: string): void {
    this.#width = Math.max(this.#width, visibleText(name).length);
    this.#services.set(name, service);
  }

  /** Lines that came together are written together: there may be very many. */
  print(name: string, stream: 'stdout' | 'stderr', texts: readonly string[]): void {
    if (texts.length === 0) return;
    this.#width = Math.max(this.#width, visibleText(name).length);
    const prefix = this.#options.prefix === 'with-prefix' ? this.#prefix(name) : '';
    const text = `${prefix}${texts.join(`\n${prefix}`)}\n`;
    if (stream === 'stdout') this.#options.writeOut(text);
    else this.#options.writeErr(text);
  }

  /** A line about a container, not from it. */
  printStatus(name: string, text: string): void {
    this.#options.writeOut(`${this.#paint(name)(visibleText(name))} ${visibleText(text)}\n`);
  }

  #paint(name: string): Paint {
    return this.#colorOf(this.#services.get(name) ?? name);
  }

  #colorOf(service: string): Paint {
    const { colors = [] } = this.#options;
    const color = this.#colors.get(service) ?? colors[this.#colors.size % colors.length] ?? asItIs;
    this.#colors.set(service, color);
    return color;
  }

  #prefix(name: string): string {
    // One blank more than needed: the form of docker compose, which scripts cut at.
    return this.#paint(name)(`${visibleText(name).padEnd(this.#width + 1)} | `);
  }
}

/** `web-1` for `app-web-1`: the project goes without saying, unless the name is the user's own. */
export function shortContainerName(name: string, project: string, service: string): string {
  const isOurs = ['-', '_'].some((separator) => name.startsWith([project, service, ''].join(separator)));
  return isOurs ? name.slice(project.length + 1) : name;
}
