import { isUp } from '../../model/is-up.js';
import type { LogChunk, LogOptions } from '../container-log.js';
import { Channel } from './channel.js';
import type { LogLine, MemoryContainer } from './memory-container.js';
import type { MemoryStore } from './memory-store.js';

/** What has been written and, with `follow`, what is written until the container ends or `signal` is aborted. */
export async function* readLog(
  store: MemoryStore,
  container: MemoryContainer,
  options: LogOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogChunk> {
  const past = selectLines(container.log, options);
  const follower = options.follow && isUp(container) ? follow(store, container.id, signal) : undefined;
  for (const line of past) yield chunkOf(line, options);
  if (follower === undefined) return;
  try {
    for await (const line of follower) yield chunkOf(line, options);
  } finally {
    store.followers.get(container.id)?.delete(follower);
  }
}

function follow(store: MemoryStore, id: string, signal: AbortSignal | undefined): Channel<LogLine> {
  const channel = new Channel<LogLine>();
  const followers = store.followers.get(id) ?? new Set();
  store.followers.set(id, followers.add(channel));
  signal?.addEventListener('abort', () => channel.close(), { once: true });
  return channel;
}

/** The lines that the options ask for, as the engine sends them. */
function selectLines(lines: readonly LogLine[], options: LogOptions): LogLine[] {
  const sinceMs = timeOf(options.since) ?? Number.NEGATIVE_INFINITY;
  const untilMs = timeOf(options.until) ?? Number.POSITIVE_INFINITY;
  const inTime = lines.filter(({ atMs }) => atMs >= sinceMs && atMs <= untilMs);
  if (options.tail === undefined) return inTime;
  return options.tail === 0 ? [] : inTime.slice(-options.tail);
}

function chunkOf({ stream, text, atMs }: LogLine, { timestamps }: LogOptions): LogChunk {
  const data = new TextEncoder().encode(`${text}\n`);
  if (!timestamps) return { stream, data };
  return { stream, data, times: [new Date(atMs).toISOString().replace('Z', '000000Z')] };
}

function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
