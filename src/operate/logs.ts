import type { LogOptions } from '../engine/container-log.js';
import type { Engine } from '../engine/engine.js';
import { aborted } from '../model/aborted.js';
import type { ObservedContainer } from '../model/observed.js';
import { chooseReplica } from './choose-replica.js';
import type { LogPast } from './container-log.js';
import { Follower } from './follow.js';
import type { FollowEvent } from './log-events.js';
import { readLogLines } from './log-lines.js';

export interface LogsRequest {
  readonly project: string;
  /** Empty: all. */
  readonly services: readonly string[];
  /** Only this replica; undefined or 0: all. */
  readonly index?: number | undefined;
  /** What of the past is wanted; `until` with a follower is when it ends. */
  readonly past: LogPast;
}

export interface FollowListeners {
  /** Tells who is there at the beginning. */
  readonly onContainers?: (containers: readonly ObservedContainer[]) => void;
  /** Tells that the engine is away, and there again. */
  readonly onEngine?: (state: 'lost' | 'back') => void;
}

/** A restart stops a container first: so long it may take to be there again. */
const comebackMs = 3000;

/** Containers whose logs a request means; one-offs are none of them. By name. Throws UsageError for a missing replica. */
export async function logContainers(
  engine: Engine,
  request: Pick<LogsRequest, 'project' | 'services' | 'index'>,
  signal?: AbortSignal,
): Promise<ObservedContainer[]> {
  const containers = await engine.listContainers(request.project, signal);
  const [service = ''] = request.services;
  // Throws when that replica is not there.
  if ((request.index ?? 0) > 0) chooseReplica(containers, { service, index: request.index, state: 'any' });
  return containers.filter(
    ({ service, number, isOneOff }) => !isOneOff && isWanted(request, service, number),
  );
}

/**
 * Reads what several containers have written, all at once, each in its order, until all is read or `signal` is
 * aborted. `onEvent` may return a promise: what it has not dealt with is not read.
 */
export async function readLogs(
  engine: Engine,
  containers: readonly ObservedContainer[],
  options: LogOptions,
  onEvent: (event: FollowEvent) => void | Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  await Promise.all(
    containers.map(async (container) => {
      try {
        for await (const lines of readLogLines(engine, container.id, options, signal)) {
          await onEvent({ kind: 'lines', container, lines });
        }
      } catch (error) {
        if (signal?.aborted === true) return;
        const message = error instanceof Error ? error.message : String(error);
        await onEvent({ kind: 'trouble', container, message });
      }
    }),
  );
}

/**
 * The same, and then what they go on to write, through restarts, recreations and scaling, until all have ended or
 * `signal` is aborted; also through a restart of the engine. Lines always have times.
 */
export async function followLogs(
  engine: Engine,
  request: LogsRequest,
  onEvent: (event: FollowEvent) => void | Promise<void>,
  signal: AbortSignal,
  { onContainers = () => {}, onEngine = () => {} }: FollowListeners = {},
): Promise<void> {
  const { past } = request;
  const follower = new Follower(engine, {
    project: request.project,
    isShown: (service, number) => isWanted(request, service, number),
    isMonitored: (service) => request.services.length === 0 || request.services.includes(service),
    // What is made later is shown from its beginning on: its first lines are as new as any.
    past: { ...(past.since === undefined ? {} : { since: past.since }), ...untilOf(past) },
    comebackMs,
    onEngine,
    onEvent,
  });
  try {
    await follower.listen();
    const containers = await logContainers(engine, request, signal);
    onContainers(containers);
    for (const container of containers) follower.show(container, past);
    await Promise.race([follower.ended(), aborted(signal)]);
  } finally {
    await follower.close();
  }
}

function isWanted(
  { services, index = 0 }: Pick<LogsRequest, 'services' | 'index'>,
  service: string,
  number: number | undefined,
): boolean {
  if (services.length > 0 && !services.includes(service)) return false;
  return index === 0 || number === index;
}

function untilOf({ until }: LogPast): LogPast {
  return until === undefined ? {} : { until };
}
