import { setTimeout as rest } from 'node:timers/promises';
import type { ContainerEvent } from '../engine/container-event.js';
import type { Engine } from '../engine/engine.js';
import { isUp } from '../model/is-up.js';
import { composeLabel } from '../model/labels.js';
import type { ObservedContainer } from '../model/observed.js';
import { type AnyLog, newLog } from './any-log.js';
import { AttachedLog } from './attached-log.js';
import type { LogPast } from './container-log.js';
import type { FollowRequest } from './follow-request.js';
import { isLoss, lastingEvents } from './lasting-events.js';
import type { FollowedContainer } from './log-events.js';

export type { FollowRequest } from './follow-request.js';
export type { FollowEvent, FollowedContainer } from './log-events.js';

/** Some engines go on with a log after its container has ended; then it is read again from where it was. */
const lastLinesMs = 5000;

/**
 * Follows the containers of a project: the log of each from its start, the same through restarts, and those that are
 * created later. Subscribes before anything is started, so that no line and no end is missed.
 */
export class Follower {
  readonly #engine: Engine;
  readonly #request: FollowRequest;
  readonly #stop = new AbortController();
  readonly #alive = new Map<string, FollowedContainer>();
  /** Created, but not started: a recreation makes the new container before the old one goes. */
  readonly #created = new Set<string>();
  /** Ids whose start has been told by an event. */
  readonly #startsSeen = new Set<string>();
  readonly #logs = new Map<string, AnyLog>();
  /** What is being read of each container, and what comes after it. */
  readonly #reading = new Map<string, Promise<void>>();
  /** Ends the reading of a container's present run. */
  readonly #runs = new Map<string, AbortController>();
  #waiter: (() => void) | undefined;
  #events: Promise<void> = Promise.resolve();
  #isOver = false;
  #wasStopped = false;
  /** While the engine is away, nothing that is heard says that it is over. */
  #isLost = false;
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
    await this.listen();
    for (const container of [...running, ...stopped]) this.#logOf(container, { since: nowSec });
    for (const container of running) this.#began(container);
  }

  /** Subscribes; what is looked up afterwards misses nothing. */
  async listen(): Promise<void> {
    const events = await this.#engine.watchContainers(this.#request.project, this.#stop.signal);
    const { project, onEngine } = this.#request;
    if (onEngine === undefined) {
      this.#events = this.#takeIn(events);
      return;
    }
    const listener = {
      onLost: () => this.#lost(),
      onBack: (containers: readonly ObservedContainer[]) => this.#back(containers),
    };
    this.#events = this.#takeIn(lastingEvents(this.#engine, project, events, listener, this.#stop.signal));
  }

  /** Shows a container that is there: what it has written, and if it runs, what it goes on to write. */
  show(container: ObservedContainer, past: LogPast): void {
    const log = this.#logOf(container, past);
    if (isUp(container)) this.#began(container);
    else if (this.#request.isShown(container.service, container.number))
      this.#then(container, () => this.#readLog(container, log, 'once', this.#stop.signal));
  }

  /** Tells of containers that were started: their ends count even when the news of their start is still on its way. */
  expect(started: readonly FollowedContainer[]): void {
    for (const container of started) {
      if (!this.#startsSeen.has(container.id)) this.#alive.set(container.id, container);
    }
  }

  /** Listens to a container that has been created, if that is how to know what it writes; fulfilled when it does. */
  async hear(id: string, service: string): Promise<void> {
    const { hearing, isShown } = this.#request;
    if (hearing?.(service) === undefined || !isShown(service, undefined)) return;
    const log = this.#logOf({ id, service }, {});
    if (log instanceof AttachedLog) await log.listen();
  }

  /** Fulfilled when every monitored container has ended, or after `close`. Throws EngineError when events stop coming. */
  async ended(): Promise<void> {
    while (!this.#isOver) {
      if (this.#monitored() > 0 || this.#isLost) {
        await this.#change();
        continue;
      }
      // While the last lines are read, one of them may have begun again.
      await this.#allRead();
      if (this.#monitored() === 0 && !this.#isLost && !(await this.#comesBack())) break;
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

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  /** Whether something starts soon after all have been stopped. */
  async #comesBack(): Promise<boolean> {
    const { comebackMs = 0 } = this.#request;
    if (this.#isOver || comebackMs === 0 || !(this.#wasStopped || this.#created.size > 0)) return false;
    const patience = new AbortController();
    const signal = AbortSignal.any([patience.signal, this.#stop.signal]);
    await Promise.race([this.#change(), rest(comebackMs, undefined, { signal }).catch(() => {})]);
    patience.abort();
    return this.#monitored() > 0 || this.#isLost;
  }

  async #allRead(): Promise<void> {
    await Promise.all(this.#reading.values());
  }

  #monitored(): number {
    return [...this.#alive.values()].filter(({ service }) => this.#request.isMonitored(service)).length;
  }

  async #takeIn(events: AsyncIterable<ContainerEvent>): Promise<void> {
    try {
      for await (const event of events) if (!event.isOneOff) this.#hear(event);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#isOver = true;
    this.#waiter?.();
  }

  #lost(): void {
    this.#isLost = true;
    this.#request.onEngine?.('lost');
    this.#waiter?.();
  }

  /** Goes on where it was: what is still read of a log is read from there, what runs is followed. */
  #back(containers: readonly ObservedContainer[]): void {
    this.#isLost = false;
    // It stopped its containers, and may be about to start them again.
    this.#wasStopped = true;
    const found = new Map(containers.map((container) => [container.id, container]));
    for (const id of this.#alive.keys()) {
      const { state, exitCode } = found.get(id) ?? { state: undefined, exitCode: undefined };
      if (state === undefined) this.#left(id);
      else if (state === 'exited' || state === 'dead') this.#died({ id, exitCode });
    }
    for (const container of containers) if (!container.isOneOff && isUp(container)) this.#began(container);
    this.#request.onEngine?.('back');
    this.#waiter?.();
  }

  #hear(event: ContainerEvent): void {
    const { action, id } = event;
    if (action === 'create') this.#wasCreated(event);
    if (action === 'kill' && this.#alive.has(id)) this.#wasStopped = true;
    if (action === 'start') {
      this.#created.delete(id);
      this.#wasStopped = false;
      this.#startsSeen.add(id);
      this.#began({ ...event, number: numberOf(event) });
    }
    if (action === 'die') this.#died(event);
    // A stop during the pause before a restart is the only end that such a container has.
    if (action === 'stop' || action === 'destroy') this.#left(id);
    if (action === 'destroy') this.#forget(id);
  }

  #wasCreated({ id, service }: ContainerEvent): void {
    if (this.#request.isMonitored(service)) this.#created.add(id);
    void this.hear(id, service);
  }

  #began({ id, name, service, number }: FollowedContainer): void {
    const container = { id, name, service, number };
    this.#alive.set(id, container);
    this.#waiter?.();
    if (!this.#request.isShown(service, number)) return;
    const log = this.#logOf(container, this.#request.past ?? {});
    const run = new AbortController();
    this.#runs.set(id, run);
    const signal = AbortSignal.any([run.signal, this.#stop.signal]);
    this.#then(container, () => this.#readLog(container, log, 'follow', signal));
  }

  #logOf({ id, service }: Pick<FollowedContainer, 'id' | 'service'>, past: LogPast): AnyLog {
    const how = { hearing: this.#request.hearing?.(service), past };
    const log = this.#logs.get(id) ?? newLog(this.#engine, id, how, this.#stop.signal);
    this.#logs.set(id, log);
    return log;
  }

  /** Once its last lines are shown. */
  #forget(id: string): void {
    this.#created.delete(id);
    const reading = this.#reading.get(id);
    void reading?.then(() => {
      if (this.#reading.get(id) === reading) this.#reading.delete(id);
      this.#logs.delete(id);
      this.#runs.delete(id);
      this.#startsSeen.delete(id);
    });
  }

  /** Does something after what is being read of a container. */
  #then({ id }: FollowedContainer, next: () => Promise<void>): void {
    this.#reading.set(id, (this.#reading.get(id) ?? Promise.resolve()).then(next));
  }

  async #readLog(
    container: FollowedContainer,
    log: AnyLog,
    mode: 'follow' | 'once',
    signal: AbortSignal,
  ): Promise<void> {
    try {
      for await (const lines of log.read(mode, signal)) {
        await this.#request.onEvent({ kind: 'lines', container, lines });
      }
    } catch (error) {
      if (signal.aborted || (this.#request.onEngine !== undefined && isLoss(error))) return;
      const message = error instanceof Error ? error.message : String(error);
      await this.#request.onEvent({ kind: 'trouble', container, message });
    }
  }

  /** Queued behind the log, so that the last lines come before the news of the end. */
  #died({ id, exitCode = 0 }: { readonly id: string; readonly exitCode?: number | undefined }): void {
    const container = this.#alive.get(id);
    if (container === undefined) return;
    const run = this.#runs.get(id);
    const timer = setTimeout(() => run?.abort(), lastLinesMs);
    this.#then(container, async () => {
      clearTimeout(timer);
      // Cut short: the rest is there to be read.
      if (run?.signal.aborted)
        await this.#readLog(container, this.#logOf(container, {}), 'once', this.#stop.signal);
      const next = (await this.#restarts(id)) ? 'restarts' : 'gone';
      await this.#request.onEvent({ kind: 'exit', container, exitCode, next });
      if (next === 'gone' && this.#runs.get(id) === run) this.#left(id);
    });
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

function numberOf({ attributes }: ContainerEvent): number | undefined {
  const number = Number.parseInt(attributes.get(composeLabel.containerNumber) ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
}
