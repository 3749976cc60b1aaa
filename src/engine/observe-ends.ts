import { engineTime } from '../model/engine-time.js';
import type { ObservedContainer, ObservedState } from '../model/observed.js';
import { passingSignals } from '../model/signals.js';
import type { Engine } from './engine.js';

/**
 * The same state with `endedBy` for those of the containers of which the engine still remembers the end: one request
 * for all, and none when there are none. The containers must have been inspected. Engines remember their last few
 * hundred events and nothing from before their own start.
 */
export async function observeEnds(
  engine: Engine,
  project: string,
  state: ObservedState,
  ids: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ObservedState> {
  const ended = state.containers.filter(({ id, details }) => ids.has(id) && hasEnded(details));
  const span = spanOf(ended);
  if (span === undefined) return state;
  const byId = new Map(ended.map((container) => [container.id, container]));
  const onRequest = new Set<string>();
  for await (const { id, action, attributes, atMs } of engine.looks.readEvents(project, span, signal)) {
    const container = byId.get(id);
    if (action !== 'kill' || container === undefined || !isOfLastRun(container, atMs)) continue;
    if (isDeadly(Number(attributes.get('signal')), container)) onRequest.add(id);
  }
  return {
    ...state,
    containers: state.containers.map((container) =>
      onRequest.has(container.id) ? { ...container, endedBy: 'request' } : container,
    ),
  };
}

/** What runs again since it was listed started after its last end; the engine refuses such a span of time. */
function hasEnded(details: ObservedContainer['details']): boolean {
  const { startedAtMs, finishedAtMs } = details ?? {};
  return startedAtMs !== undefined && finishedAtMs !== undefined && startedAtMs <= finishedAtMs;
}

/**
 * An engine tells of a kill once it is done, under load some milliseconds after the end that it led to. Whoever plans
 * right after an end waits so long at most.
 */
const lateMs = 250;

/** From the first start to the last end, and a moment more. */
function spanOf(ended: readonly ObservedContainer[]): { since: string; until: string } | undefined {
  const times = ended.flatMap(({ details }) =>
    details?.startedAtMs === undefined || details.finishedAtMs === undefined
      ? []
      : [{ startedAtMs: details.startedAtMs, finishedAtMs: details.finishedAtMs }],
  );
  if (times.length === 0) return undefined;
  const since = Math.min(...times.map(({ startedAtMs }) => startedAtMs));
  const until = Math.max(...times.map(({ finishedAtMs }) => finishedAtMs)) + lateMs;
  return { since: engineTime(since), until: engineTime(until) };
}

function isOfLastRun({ details }: ObservedContainer, atMs: number): boolean {
  const { startedAtMs = 0, finishedAtMs = 0 } = details ?? {};
  return atMs >= startedAtMs && atMs <= finishedAtMs + lateMs;
}

function isDeadly(unixSignal: number, { details }: ObservedContainer): boolean {
  return !passingSignals.has(unixSignal) || details?.exitCode === 128 + unixSignal;
}
