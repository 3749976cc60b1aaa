import type { BuildProgress } from '../../../../model/build.js';

/** What the classic builder prints, as steps with output. */
export class ClassicSteps {
  readonly #onProgress: (progress: BuildProgress) => void;
  #current: { readonly step: string; readonly name: string; isCached: boolean } | undefined;
  readonly #lines: string[] = [];
  #rest = '';
  #isRed = false;

  constructor(onProgress: (progress: BuildProgress) => void) {
    this.#onProgress = onProgress;
  }

  /** Name and last lines of the step that is running, or that ran last. */
  get last(): { readonly name: string | undefined; readonly lines: readonly string[] } {
    return { name: this.#current?.name, lines: this.#lines.slice(-20) };
  }

  /** A piece of the log. It may end within a line, or hold several. */
  read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#readLine(line);
  }

  /** Nothing more comes. */
  end(outcome: 'done' | 'failed' | 'cancelled'): void {
    if (this.#rest !== '') this.#readLine(this.#rest);
    this.#rest = '';
    this.#endStep(outcome);
  }

  #endStep(outcome: 'done' | 'failed' | 'cancelled'): void {
    if (this.#current === undefined) return;
    const { step, name, isCached } = this.#current;
    const how = outcome === 'done' && isCached ? 'cached' : outcome;
    this.#onProgress({ kind: 'ended', step, name, outcome: how, durationMs: undefined });
  }

  #readLine(line: string): void {
    const [, number, count, instruction] = /^(?:Step|STEP) (\d+)\/(\d+) ?: (.*)$/.exec(line) ?? [];
    if (number !== undefined) {
      this.#endStep('done');
      this.#lines.length = 0;
      this.#current = { step: number, name: `[${number}/${count}] ${instruction}`, isCached: false };
      this.#onProgress({ kind: 'started', step: number, name: this.#current.name });
    } else if (this.#current !== undefined) this.#readOutput(this.#current, line);
  }

  #readOutput(current: { readonly step: string; isCached: boolean }, line: string): void {
    if (/^(?: ---|--)> Using cache\b/.test(line)) current.isCached = true;
    // Its end may only come with the next line.
    if (line.startsWith(red.end)) this.#isRed = false;
    if (line.includes(red.begin)) this.#isRed = true;
    const stream = this.#isRed ? 'stderr' : 'stdout';
    if (line.lastIndexOf(red.end) > line.lastIndexOf(red.begin)) this.#isRed = false;
    const plain = line.replaceAll(red.begin, '').replaceAll(red.end, '');
    if (plain === '' && plain !== line) return;
    if (ofBuilder.test(plain)) return;
    // What a program prints need not end with a line.
    const printed = plain.replace(/(?:Removing| ---> Removed) intermediate container [0-9a-f]{12}$/, '');
    this.#lines.push(printed);
    this.#onProgress({ kind: 'output', step: current.step, stream, bytes: Buffer.from(`${printed}\n`) });
  }
}

/** What the builder says of itself: Docker, then Podman. */
const ofBuilder =
  /^ ---> |^Removing intermediate container |^Successfully (built|tagged) |^--> |^COMMIT\b|^[0-9a-f]{64}$/;

/** The engine marks what goes to standard error by painting it red. */
const red = { begin: '\x1b[91m', end: '\x1b[0m' } as const;
