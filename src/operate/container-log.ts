import type { LogOptions } from '../engine/container-log.js';
import type { Engine } from '../engine/engine.js';
import { type LogLines, readLogLines } from './log-lines.js';

/** How much of what was written before is wanted. */
export type LogPast = Pick<LogOptions, 'tail' | 'since' | 'until'>;

/** So many lines are remembered: more than the two streams of a container can be out of order by. */
const rememberedLines = 64;

/**
 * The log of one container through all its runs, each line once. Reading again begins where the last lines were, by
 * their times, and leaves out those that were seen: whatever one reading has missed at its end, the next one finds.
 */
export class ContainerLog {
  readonly #engine: Engine;
  readonly #id: string;
  readonly #past: LogPast;
  /** The last lines, oldest first. */
  #seen: { readonly time: string; readonly key: string }[] = [];

  constructor(engine: Engine, id: string, past: LogPast) {
    this.#engine = engine;
    this.#id = id;
    this.#past = past;
  }

  /** `follow`: until the container ends; `once`: what is there. Lines always have times. */
  async *read(mode: 'follow' | 'once', signal: AbortSignal): AsyncGenerator<LogLines> {
    const known = countsOf(this.#seen.map(({ key }) => key));
    const options = { ...this.#range(), follow: mode === 'follow', timestamps: true };
    for await (const lines of readLogLines(this.#engine, this.#id, options, signal)) {
      const fresh = known.size === 0 ? lines : withoutKnown(lines, known);
      if (fresh.texts.length === 0) continue;
      this.#remember(fresh);
      yield fresh;
    }
  }

  #range(): LogPast {
    const oldest = this.#seen.reduce<string | undefined>(
      (time, seen) => (time === undefined || seen.time < time ? seen.time : time),
      undefined,
    );
    if (oldest === undefined) return this.#past;
    const { until } = this.#past;
    return { since: oldest, ...(until === undefined ? {} : { until }) };
  }

  #remember({ stream, texts, times = [] }: LogLines): void {
    const from = Math.max(0, texts.length - rememberedLines);
    const last = texts.slice(from).map((text, index) => {
      const time = times[from + index] ?? '';
      return { time, key: keyOf(stream, time, text) };
    });
    this.#seen = [...this.#seen, ...last].slice(-rememberedLines);
  }
}

function withoutKnown({ stream, texts, times = [] }: LogLines, known: Map<string, number>): LogLines {
  const fresh = texts.map((text, index) => {
    const key = keyOf(stream, times[index] ?? '', text);
    const count = known.get(key) ?? 0;
    if (count > 1) known.set(key, count - 1);
    else known.delete(key);
    return count === 0;
  });
  return {
    stream,
    texts: texts.filter((_, index) => fresh[index]),
    times: times.filter((_, index) => fresh[index]),
  };
}

function keyOf(stream: string, time: string, text: string): string {
  return `${stream} ${time} ${text}`;
}

function countsOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
