import type { ContainerEvent } from '../engine/container-event.js';
import type { Engine } from '../engine/engine.js';
import type { ResourceEvent } from '../engine/resource-watch-port.js';
import type { ContainerNews, WakeReason } from '../model/control.js';
import { engineTime } from '../model/engine-time.js';
import { composeLabel } from '../model/labels.js';
import { CancelledError } from '../problems/errors.js';
import type { TimerClock } from './timer-clock.js';
import { isWorthHearing } from './waking.js';

export type Tell = (reason: WakeReason) => void;

export interface EngineWakeUps {
  readonly engine: Engine;
  readonly project: string;
  readonly clock: TimerClock;
  /** Whether the files name a network or volume of this name. */
  isNamed(resource: 'network' | 'volume', name: string): boolean;
}

const dayMs = 24 * 3_600_000;
/** The engine ends the list of past events when its own clock says so; ours may be ahead. */
const pastLimitMs = 2000;
const lastWordsMs = 100;

/**
 * Tells what the engine says of a project, until `signal` is aborted: first what it remembers, then `begin`, then
 * what happens. When events stop coming it says so, and subscribes again as soon as the engine answers: `engine-back`
 * means "look at everything". Throws only when the very first subscription fails.
 */
export async function listenToEngine(source: EngineWakeUps, tell: Tell, signal: AbortSignal): Promise<void> {
  let round: 'first' | 'again' = 'first';
  for (let attempt = 0; !signal.aborted; attempt++) {
    let message = 'the engine ended the stream of events';
    try {
      await listenOnce(source, tell, signal, round, () => {
        if (round === 'first') tell({ kind: 'begin' });
        else tell({ kind: 'engine-back' });
        round = 'again';
        attempt = 0;
      });
    } catch (error) {
      if (signal.aborted || error instanceof CancelledError) return;
      if (round === 'first') throw error;
      message = error instanceof Error ? error.message : String(error);
    }
    if (signal.aborted) return;
    if (attempt === 0) tell({ kind: 'engine-lost', message, atMs: source.clock.nowMs() });
    await source.clock.sleep(Math.min(100 * 2 ** attempt, 5000), signal);
  }
}

/** Until one of the streams ends. */
async function listenOnce(
  { engine, project, clock, isNamed }: EngineWakeUps,
  tell: Tell,
  signal: AbortSignal,
  round: 'first' | 'again',
  onListening: () => void,
): Promise<void> {
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) stop.abort();
  try {
    const containers = await engine.watchContainers(project, stop.signal);
    const resources = await engine.resources.watch(stop.signal);
    if (round === 'first') await tellPast(engine, project, tell, clock, stop.signal);
    onListening();
    const streams = [
      each(containers, (event) => tellContainer(event, tell)),
      each(resources, (event) => tellResource(event, isNamed, tell)),
    ];
    const ended = Promise.allSettled(streams);
    try {
      await Promise.race(streams);
    } finally {
      // What the engine said last may still be on its way in the other one.
      await Promise.race([ended, clock.sleep(lastWordsMs, signal)]);
    }
  } finally {
    signal.removeEventListener('abort', end);
    stop.abort();
  }
}

async function each<Item>(items: AsyncIterable<Item>, take: (item: Item) => void): Promise<void> {
  for await (const item of items) take(item);
}

/** Who stopped what before we came: engines remember some hundred events. */
async function tellPast(
  engine: Engine,
  project: string,
  tell: Tell,
  clock: TimerClock,
  signal: AbortSignal,
): Promise<void> {
  const nowMs = clock.nowMs();
  const patience = new AbortController();
  const end = () => patience.abort();
  signal.addEventListener('abort', end, { once: true });
  void clock.sleep(pastLimitMs, patience.signal).then(end);
  try {
    const span = { since: engineTime(nowMs - dayMs), until: engineTime(nowMs) };
    for await (const event of engine.looks.readEvents(project, span, patience.signal)) {
      tellContainer(event, tell);
    }
  } finally {
    patience.abort();
    signal.removeEventListener('abort', end);
  }
}

function tellContainer(event: ContainerEvent, tell: Tell): void {
  if (!event.isOneOff && isWorthHearing(event.action)) tell(newsOf(event));
}

function newsOf({ action, id, name, service, exitCode, attributes, atMs }: ContainerEvent): ContainerNews {
  const number = Number.parseInt(attributes.get(composeLabel.containerNumber) ?? '', 10);
  const unixSignal = action === 'kill' ? Number(attributes.get('signal')) : Number.NaN;
  return {
    kind: 'container',
    action,
    id,
    name,
    service,
    number: Number.isNaN(number) ? undefined : number,
    unixSignal: Number.isNaN(unixSignal) ? undefined : unixSignal,
    exitCode,
    atMs,
  };
}

/** What joins a network is no loss. */
function tellResource(
  { resource, action, name, containerId }: ResourceEvent,
  isNamed: EngineWakeUps['isNamed'],
  tell: Tell,
): void {
  if (action !== 'connect' && isNamed(resource, name)) {
    tell({ kind: 'resource', resource, action, name, containerId });
  }
}
