import type { Engine, LogChunk, LogOptions } from '../engine/engine.js';

export interface LogLine {
  readonly stream: LogChunk['stream'];
  /** Without the line end. */
  readonly text: string;
}

/** The log of one container, line by line; a last line without an end counts. Bytes that are no UTF-8 are replaced. */
export async function* readLogLines(
  engine: Engine,
  containerId: string,
  options: LogOptions,
  signal?: AbortSignal,
): AsyncGenerator<LogLine> {
  const splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() };
  for await (const { stream, data } of engine.readLogs(containerId, options, signal)) {
    for (const text of splitters[stream].push(data)) yield { stream, text };
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    const rest = splitters[stream].end();
    if (rest !== undefined) yield { stream, text: rest };
  }
}

class LineSplitter {
  readonly #decoder = new TextDecoder();
  #rest = '';

  push(data: Uint8Array): string[] {
    const lines = (this.#rest + this.#decoder.decode(data, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map(withoutReturn);
  }

  end(): string | undefined {
    const rest = this.#rest + this.#decoder.decode();
    this.#rest = '';
    return rest === '' ? undefined : withoutReturn(rest);
  }
}

/** Terminals end lines with a carriage return as well. */
function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
