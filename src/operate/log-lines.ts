import type { LogChunk, LogOptions } from '../engine/container-log.js';
import type { Engine } from '../engine/engine.js';

/** Lines of one stream of a container that came together, without their ends. */
export interface LogLines {
  readonly stream: LogChunk['stream'];
  readonly texts: readonly string[];
  /** When each was written, in RFC 3339; undefined when that was not asked for. */
  readonly times: readonly string[] | undefined;
}

/**
 * The log of one container in lines; a last line without an end counts. Bytes that are no UTF-8 are replaced. The
 * engine is read only as fast as lines are taken.
 */
export async function* readLogLines(
  engine: Engine,
  containerId: string,
  options: LogOptions,
  signal?: AbortSignal,
): AsyncGenerator<LogLines> {
  yield* splitLines(engine.readLogs(containerId, options, signal), options);
}

/** Pieces of output in lines. Without `timestamps` they have no times. */
export async function* splitLines(
  chunks: AsyncIterable<LogChunk>,
  options: Pick<LogOptions, 'timestamps'> = { timestamps: false },
): AsyncGenerator<LogLines> {
  const splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  for await (const { stream, data, times } of chunks) {
    const texts = splitters[stream].push(data, times);
    if (texts.length > 0) yield splitters[stream].withTimes(stream, texts, options);
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const texts = splitters[stream].end();
    if (texts.length > 0) yield splitters[stream].withTimes(stream, texts, options);
  }
}

class LineSplitter {
  readonly #decoder = new TextDecoder();
  #rest = '';
  /** Of lines that have begun. */
  #times: string[] = [];

  push(data: Uint8Array, times: readonly string[] = []): string[] {
    for (const time of times) this.#times.push(time);
    const lines = (this.#rest + this.#decoder.decode(data, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map(withoutReturn);
  }

  end(): string[] {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = '';
    return rest === '' ? [] : [withoutReturn(rest)];
  }

  withTimes(
    stream: LogLines['stream'],
    texts: string[],
    { timestamps }: Pick<LogOptions, 'timestamps'>,
  ): LogLines {
    return { stream, texts, times: timestamps ? this.#times.splice(0, texts.length) : undefined };
  }
}

/** Terminals end lines with a carriage return as well. */
function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
