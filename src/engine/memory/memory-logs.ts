import type { LogChunk, LogOptions } from '../engine.js';
import type { LogLine } from './memory-container.js';

/** The lines that the options ask for, as the engine sends them. */
export function selectLines(lines: readonly LogLine[], options: LogOptions): LogLine[] {
  const sinceMs = timeOf(options.since) ?? Number.NEGATIVE_INFINITY;
  const untilMs = timeOf(options.until) ?? Number.POSITIVE_INFINITY;
  const inTime = lines.filter(({ atMs }) => atMs >= sinceMs && atMs <= untilMs);
  if (options.tail === undefined) return inTime;
  return options.tail === 0 ? [] : inTime.slice(-options.tail);
}

export function chunkOf({ stream, text, atMs }: LogLine, options: LogOptions): LogChunk {
  const stamp = options.timestamps ? `${new Date(atMs).toISOString().replace('Z', '000000Z')} ` : '';
  return { stream, data: new TextEncoder().encode(`${stamp}${text}\n`) };
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
