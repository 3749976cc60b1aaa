import { setTimeout as rest } from 'node:timers/promises';
import type { ContainerEvent } from '../engine/container-event.js';
import type { Engine } from '../engine/engine.js';
import type { ObservedContainer } from '../model/observed.js';
import { EngineError } from '../problems/errors.js';

/** Whoever has to know that nothing is heard for a while. */
export interface LossListener {
  /** The engine has gone away, as it does when it is restarted. */
  onLost(): void;
  /** It is there again; what happened meanwhile shows in its containers only. */
  onBack(containers: readonly ObservedContainer[]): void;
}

/** Upgrades of an engine take longer than restarts. */
const patienceMs = 120_000;
const pauseMs = 250;

/** The events of a project's containers, also from the engine that comes after a restart of the engine. */
export async function* lastingEvents(
  engine: Engine,
  project: string,
  first: AsyncIterable<ContainerEvent>,
  listener: LossListener,
  signal: AbortSignal,
): AsyncGenerator<ContainerEvent> {
  for (let events = first; ; ) {
    try {
      yield* events;
      return;
    } catch (error) {
      if (!isLoss(error) || signal.aborted) throw error;
      listener.onLost();
      const again = await listenAgain(engine, project, error, signal);
      listener.onBack(again.containers);
      events = again.events;
    }
  }
}

export function isLoss(error: unknown): error is EngineError {
  return error instanceof EngineError && error.kind === 'unreachable';
}

/** Throws the first error when the engine stays away. */
async function listenAgain(engine: Engine, project: string, lost: EngineError, signal: AbortSignal) {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += pauseMs) {
    await rest(pauseMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    try {
      const events = await engine.watchContainers(project, signal);
      return { events, containers: await engine.listContainers(project, signal) };
    } catch (error) {
      if (!isLoss(error)) throw error;
    }
  }
  throw lost;
}
