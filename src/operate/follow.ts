import type { ContainerEvent, Engine, LogOptions } from '../engine/engine.js';
import type { ObservedContainer } from '../model/observed.js';
import { type LogLine, readLogLines } from './log-lines.js';

/** A container whose log is shown. */
export interface FollowedContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
}

export type FollowEvent =
  | { readonly kind: 'line'; readonly container: FollowedContainer; readonly line: LogLine }
  | {
      readonly kind: 'exit';
      readonly container: FollowedContainer;
      readonly exitCode: number;
      readonly next: 'gone' | 'restarts';
    }
  /** The log cannot be shown; the container itself is fine. */
  | { readonly kind: 'trouble'; readonly container: FollowedContainer; readonly message: string };

export interface FollowRequest {
  readonly project: string;
  /** Whether the log of this service is wanted. */
  isShown(service: string): boolean;
  /** Whether the end of this service counts: the follower ends when all of those have ended. */
  isMonitored(service: string): boolean;
  readonly timestamps: boolean;
  readonly onEvent: (event: FollowEvent) => void;
}

/**
 * Follows the containers of a project: the log of each from its start, the same through restarts, and those that are
 * created later. Subscribes before anything is started, so that no line and no end is missed.
 */
export class Follower {
  readonly #engine: Engine;
  readonly #request: FollowRequest;
  readonly #stop = new AbortController();
  readonly #alive = new Map<string, FollowedContainer>();
  /** Ids whose start has been told by an event. */
  readonly #startsSeen = new Set<string>();
  /** When the last run of a container ended, in the engine's form; what came before has been shown. */
  readonly #shownUntil = new Map<string, string>();
  readonly #reading = new Map<string, Promise<void>>();
  #waiter: (() => void) | undefined;
  #events: Promise<void> = Promise.resolve();
  #isOver = false;
  #failure: Error | undefined;

  constructor(engine: Engine, request: FollowRequest) {
    this.#engine = engine;
    this.#request = request;
  }

  /** Begins to listen. `running` are shown from now on, `stopped` once they start again. */
  async start(
    running: readonly ObservedContainer[],
    stopped: readonly ObservedContainer[],
    nowSec: string,
  ): Promise<void> {
    const events = await this.#engine.watchContainers(this.#request.project, this.#stop.signal);
    for (const container of [...running, ...stopped]) this.#shownUntil.set(container.id, nowSec);
    for (const container of running) this.#began(container);
    this.#events = this.#listen(events);
  }

  /** Tells of containers that were started: their ends count even when the news of their start is still on its way. */
  expect(started: readonly FollowedContainer[]): void {
    for (const container of started) {
      if (!this.#startsSeen.has(container.id)) this.#alive.set(container.id, container);
    }
  }

  /** Fulfilled when every monitored container has ended, or after `close`. Throws EngineError when events stop coming. */
  async ended(): Promise<void> {
    while (!this.#isOver && this.#monitored() > 0) {
      await new Promise<void>((resolve) => {
        this.#waiter = resolve;
      });
      // While the last lines are read, one of them may have begun again.
      if (this.#monitored() === 0) await this.#allRead();
    }
    if (this.#failure !== undefined) throw this.#failure;
    await this.#allRead();
  }

  /** Ends every stream and fulfils once all are let go of. */
  async close(): Promise<void> {
    this.#isOver = true;
    this.#stop.abort();
    this.#waiter?.();
    await this.#events;
    await this.#allRead();
  }

  async #allRead(): Promise<void> {
    await Promise.all(this.#reading.values());
  }

  #monitored(): number {
    return [...this.#alive.values()].filter(({ service }) => this.#request.isMonitored(service)).length;
  }

  async #listen(events: AsyncIterable<ContainerEvent>): Promise<void> {
    try {
      await this.#takeIn(events);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#isOver = true;
    this.#waiter?.();
  }

  async #takeIn(events: AsyncIterable<ContainerEvent>): Promise<void> {
    for await (const event of events) {
      if (event.isOneOff) continue;
      if (event.action === 'start') {
        this.#startsSeen.add(event.id);
        this.#began(event);
      }
      if (event.action === 'die') this.#died(event);
      // A stop during the pause before a restart is the only end that such a container has.
      if (event.action === 'stop' || event.action === 'destroy') this.#left(event.id);
    }
  }

  #began({ id, name, service }: FollowedContainer): void {
    const container = { id, name, service };
    this.#alive.set(id, container);
    if (!this.#request.isShown(service)) return;
    const before = this.#reading.get(id) ?? Promise.resolve();
    const since = this.#shownUntil.get(id);
    this.#reading.set(
      id,
      before.then(() => this.#readLog(container, since)),
    );
  }

  async #readLog(container: FollowedContainer, since: string | undefined): Promise<void> {
    const options: LogOptions = {
      follow: true,
      timestamps: this.#request.timestamps,
      ...(since === undefined ? {} : { since }),
    };
    try {
      for await (const line of readLogLines(this.#engine, container.id, options, this.#stop.signal)) {
        this.#request.onEvent({ kind: 'line', container, line });
      }
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      this.#request.onEvent({ kind: 'trouble', container, message });
    }
  }

  /** Queued behind the log, so that the last lines come before the news of the end. */
  #died({ id, exitCode = 0, atMs }: ContainerEvent): void {
    const container = this.#alive.get(id);
    if (container === undefined) return;
    this.#shownUntil.set(id, (atMs / 1000).toFixed(3));
    const shown = this.#reading.get(id) ?? Promise.resolve();
    this.#reading.set(
      id,
      shown.then(async () => {
        const next = (await this.#restarts(id)) ? 'restarts' : 'gone';
        this.#request.onEvent({ kind: 'exit', container, exitCode, next });
        if (next === 'gone') this.#left(id);
      }),
    );
  }

  async #restarts(id: string): Promise<boolean> {
    try {
      const { state } = await this.#engine.inspectContainer(id, this.#stop.signal);
      return state === 'restarting' || state === 'running';
    } catch {
      return false;
    }
  }

  #left(id: string): void {
    if (this.#alive.delete(id)) this.#waiter?.();
  }
}
