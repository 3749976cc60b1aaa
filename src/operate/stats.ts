import { setTimeout as rest } from 'node:timers/promises';
import type { Engine } from '../engine/engine.js';
import { isUp } from '../model/is-up.js';
import type { UsageOfContainer } from '../model/looks.js';
import type { ObservedContainer } from '../model/observed.js';
import { byName } from '../model/order.js';
import { EngineError } from '../problems/errors.js';

export interface UsageRequest {
  readonly project: string;
  /** undefined: all. */
  readonly service: string | undefined;
  /** `all`: stopped containers too. */
  readonly scope: 'running' | 'all';
}

/** What each container uses now, by name. Takes about two seconds: a share of time needs two looks. */
export async function readUsageOnce(
  engine: Engine,
  request: UsageRequest,
  signal?: AbortSignal,
): Promise<UsageOfContainer[]> {
  const containers = (await engine.listContainers(request.project, signal)).filter(isWanted(request));
  return Promise.all(
    containers.map(async ({ id, name, service }) => {
      for await (const usage of samplesOf(engine, id, 'once', signal)) return { id, name, service, usage };
      return { id, name, service, usage: undefined };
    }),
  );
}

/**
 * What each container uses, as long as `signal` is not aborted: all of them in one list, at most one list in
 * `intervalMs`. Containers that start join in, those that end leave.
 */
export async function* watchUsage(
  engine: Engine,
  request: UsageRequest,
  intervalMs: number,
  signal: AbortSignal,
): AsyncGenerator<UsageOfContainer[]> {
  const board = new UsageBoard(engine, request, signal);
  try {
    await board.begin();
    while (!signal.aborted) {
      await rest(intervalMs, undefined, { signal }).catch(() => {});
      if (!signal.aborted) yield board.rows();
    }
  } finally {
    await board.end();
  }
}

/** Who is there, and the last sample of each. */
class UsageBoard {
  readonly #engine: Engine;
  readonly #request: UsageRequest;
  readonly #stop = new AbortController();
  readonly #rows = new Map<string, UsageOfContainer>();
  /** How to stop reading samples of each. */
  readonly #streams = new Map<string, AbortController>();
  readonly #work = new Set<Promise<void>>();
  #failure: unknown;

  constructor(engine: Engine, request: UsageRequest, signal: AbortSignal) {
    this.#engine = engine;
    this.#request = request;
    signal.addEventListener('abort', () => this.#stop.abort(), { once: true });
  }

  /** Listens first, so that nobody who starts meanwhile is missed. */
  async begin(): Promise<void> {
    const { project } = this.#request;
    const events = await this.#engine.watchContainers(project, this.#stop.signal);
    const containers = await this.#engine.listContainers(project, this.#stop.signal);
    for (const container of containers.filter(isWanted(this.#request))) this.#follow(container);
    this.#start(async () => {
      for await (const event of events) {
        const isOurs = this.#request.service === undefined || event.service === this.#request.service;
        if (event.action === 'start' && isOurs) this.#follow(event);
        if (event.action === 'die') this.#rest(event.id);
        if (event.action === 'destroy') this.#rows.delete(event.id);
      }
    });
  }

  /** By name. Throws what made it impossible to go on. */
  rows(): UsageOfContainer[] {
    if (this.#failure !== undefined) throw this.#failure;
    return [...this.#rows.values()].sort(byName);
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#work);
  }

  #follow({ id, name, service }: Pick<ObservedContainer, 'id' | 'name' | 'service'>): void {
    if (this.#streams.has(id)) return;
    const stream = new AbortController();
    this.#streams.set(id, stream);
    this.#rows.set(id, { id, name, service, usage: undefined });
    this.#start(async () => {
      const signal = AbortSignal.any([this.#stop.signal, stream.signal]);
      for await (const usage of samplesOf(this.#engine, id, 'continuous', signal)) {
        if (this.#rows.has(id) && !signal.aborted) this.#rows.set(id, { id, name, service, usage });
      }
    });
  }

  /** The engine goes on to send empty samples of what has ended. */
  #rest(id: string): void {
    this.#streams.get(id)?.abort();
    this.#streams.delete(id);
    const row = this.#rows.get(id);
    if (row === undefined) return;
    if (this.#request.scope === 'running') this.#rows.delete(id);
    else this.#rows.set(id, { ...row, usage: undefined });
  }

  #start(work: () => Promise<void>): void {
    const running: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#work.delete(running));
    this.#work.add(running);
  }
}

/** Nothing when the container is gone. */
async function* samplesOf(
  engine: Engine,
  id: string,
  mode: 'once' | 'continuous',
  signal: AbortSignal | undefined,
) {
  try {
    yield* engine.looks.readUsage(id, mode, signal);
  } catch (error) {
    if (!(error instanceof EngineError && error.kind === 'not-found')) throw error;
  }
}

function isWanted({ service, scope }: UsageRequest): (container: ObservedContainer) => boolean {
  return (container) =>
    (service === undefined || container.service === service) && (scope === 'all' || isUp(container));
}
