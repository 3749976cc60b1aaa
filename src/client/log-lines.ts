import type { Engine } from '../engine/engine.js';
import { given } from '../model/given.js';
import type { FollowEvent } from '../operate/log-events.js';
import { followLogs, logContainers, readLogs } from '../operate/logs.js';
import { iterate } from './iterate.js';
import type { LogOptions } from './options.js';

/** One line that a container has written. */
export interface LogLine {
  readonly service: string;
  /** Name of the container. */
  readonly container: string;
  /** Number of the replica; undefined for one-offs. */
  readonly number: number | undefined;
  readonly stream: 'stdout' | 'stderr';
  /** Without its end; bytes that are no UTF-8 are replaced. */
  readonly text: string;
  readonly time: Date;
}

/** Lines of the containers of a project, in order for each container. Reads only as fast as they are taken. */
export async function* logLines(
  engineOf: () => Promise<Engine>,
  project: string,
  options: LogOptions,
): AsyncGenerator<LogLine, void, undefined> {
  const { services = [], index, follow, signal } = options;
  const past = given({ tail: options.tail, since: rfc3339(options.since), until: rfc3339(options.until) });
  const request = { project, services, index, past };
  const events = iterate<FollowEvent>(async (push, ended) => {
    const engine = await engineOf();
    if (follow === true) return followLogs(engine, request, push, ended);
    const containers = await logContainers(engine, request, ended);
    return readLogs(engine, containers, { ...past, follow: false, timestamps: true }, push, ended);
  }, signal);
  for await (const event of events) yield* linesOf(event);
}

function* linesOf(event: FollowEvent): Generator<LogLine> {
  if (event.kind !== 'lines') return;
  const { container, lines } = event;
  const { service, name, number } = container;
  for (const [at, text] of lines.texts.entries()) {
    const time = new Date(lines.times?.[at] ?? Number.NaN);
    yield { service, container: name, number, stream: lines.stream, text, time };
  }
}

function rfc3339(date: Date | undefined): string | undefined {
  return date?.toISOString();
}
