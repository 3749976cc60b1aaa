import type { ContainerEvent } from '../engine/container-event.js';
import type { Engine } from '../engine/engine.js';
import { isUp } from '../model/is-up.js';
import type { ObservedContainer } from '../model/observed.js';

/** The end of a container's process. */
export interface ContainerExit {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly exitCode: number;
}

export interface ExitRequest {
  readonly project: string;
  readonly services: readonly string[];
  /** `first`: enough when one of them has ended. */
  readonly until: 'first' | 'all';
  readonly onExit: (exit: ContainerExit) => void;
}

/**
 * Waits until the running containers of these services, one-offs too, have ended, and gives the ends in their order.
 * A service of which nothing runs any more counts with the ends that its containers have had. Empty: there is no
 * container that ever ran. Throws EngineError, also when the engine's events stop coming.
 */
export async function waitForExits(
  engine: Engine,
  { project, services, until, onExit }: ExitRequest,
  signal: AbortSignal,
): Promise<ContainerExit[]> {
  const stop = new AbortController();
  const exits: ContainerExit[] = [];
  const note = (exit: ContainerExit) => {
    exits.push(exit);
    onExit(exit);
  };
  try {
    // Listening comes first: an end between the look and the wait would never be heard of.
    const events = await engine.watchContainers(project, AbortSignal.any([signal, stop.signal]));
    const pending = new Map<string, ObservedContainer>();
    for (const container of await containersOf(engine, project, services, signal)) {
      // A list may still show what has just ended as running; an inspection does not.
      const { state, exitCode } = await engine.inspectContainer(container.id, signal);
      if (state === 'exited' || state === 'dead') note(exitOf(container, exitCode));
      else pending.set(container.id, container);
    }
    const isEnough = () => pending.size === 0 || (until === 'first' && exits.length > 0);
    if (!isEnough()) await readExits(events, pending, note, isEnough);
    return exits;
  } finally {
    stop.abort();
  }
}

/** Running containers of each service; where none runs, those that have ended. */
async function containersOf(
  engine: Engine,
  project: string,
  services: readonly string[],
  signal: AbortSignal,
): Promise<ObservedContainer[]> {
  const all = await engine.listContainers(project, signal);
  return services.flatMap((service) => {
    const own = all.filter((container) => container.service === service);
    const running = own.filter(isUp);
    return running.length > 0
      ? running
      : own.filter(({ state, isOneOff }) => !isOneOff && (state === 'exited' || state === 'dead'));
  });
}

async function readExits(
  events: AsyncIterable<ContainerEvent>,
  pending: Map<string, ObservedContainer>,
  note: (exit: ContainerExit) => void,
  isEnough: () => boolean,
): Promise<void> {
  for await (const { id, action, exitCode = 0 } of events) {
    const container = action === 'die' ? pending.get(id) : undefined;
    if (container === undefined) continue;
    pending.delete(id);
    note(exitOf(container, exitCode));
    if (isEnough()) return;
  }
}

function exitOf({ id, name, service }: ObservedContainer, exitCode: number): ContainerExit {
  return { id, name, service, exitCode };
}
