import type { BuildProgress } from '../../../../model/build.js';

/** What the classic builder prints, as steps with output. */
export class ClassicSteps {
  readonly #onProgress: (progress: BuildProgress) => void;
  #current: { readonly step: string; readonly name: string; isCached: boolean } | undefined;
  readonly #lines: string[] = [];
  #rest = '';

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
    if (this.#current === undefined) return;
    const { step, name, isCached } = this.#current;
    const how = outcome === 'done' && isCached ? 'cached' : outcome;
    this.#onProgress({ kind: 'ended', step, name, outcome: how, durationMs: undefined });
  }

  #readLine(line: string): void {
    const [, number, count, instruction] = /^Step (\d+)\/(\d+) : (.*)$/.exec(line) ?? [];
    if (number !== undefined) {
      this.end('done');
      this.#lines.length = 0;
      this.#current = { step: number, name: `[${number}/${count}] ${instruction}`, isCached: false };
      this.#onProgress({ kind: 'started', step: number, name: this.#current.name });
    } else if (this.#current !== undefined) this.#readOutput(this.#current, line);
  }

  #readOutput(current: { readonly step: string; isCached: boolean }, line: string): void {
    if (line === ' ---> Using cache') current.isCached = true;
    if (/^ ---> |^Removing intermediate container |^Successfully (built|tagged) /.test(line)) return;
    // What a program prints need not end with a line.
    const printed = line.replace(/(?:Removing| ---> Removed) intermediate container [0-9a-f]{12}$/, '');
    // The engine marks what goes to standard error by painting it red.
    const plain = printed.replaceAll('\x1b[91m', '').replaceAll('\x1b[0m', '');
    const stream = plain === printed ? 'stdout' : 'stderr';
    if (plain === '' && stream === 'stderr') return;
    this.#lines.push(plain);
    this.#onProgress({ kind: 'output', step: current.step, stream, bytes: Buffer.from(`${plain}\n`) });
  }
}
