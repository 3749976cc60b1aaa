import type { Engine } from '../engine/engine.js';

/**
 * One event stream for all waits of a plan. Events only say "look again": a wait takes its turn with `nextChange`,
 * looks, and waits for the next one.
 */
export class ContainerWatch {
  readonly #engine: Engine;
  readonly #project: string;
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<(containerId: string) => void>();
  #subscribed: Promise<void> | undefined;
  #reading: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  constructor(engine: Engine, project: string, signal: AbortSignal) {
    this.#engine = engine;
    this.#project = project;
    this.#signal = signal;
  }

  /** Fulfilled when the stream, if there ever was one, has ended. */
  get ended(): Promise<void> {
    return this.#reading;
  }

  /**
   * Calls `look` once the engine listens, and after each event of one of the containers, until it answers something
   * else than undefined. Nothing falls between: the subscription comes first, and an event during a look causes
   * another one.
   */
  async until<T>(
    containers: ReadonlySet<string>,
    look: () => Promise<T | undefined>,
    stop: AbortSignal,
  ): Promise<T> {
    this.#subscribed ??= this.#subscribe();
    await this.#subscribed;
    let wake = () => {};
    let isDirty = true;
    const listener = (containerId: string) => {
      if (containerId === '' || containers.has(containerId)) {
        isDirty = true;
        wake();
      }
    };
    const stopped = () => wake();
    this.#listeners.add(listener);
    stop.addEventListener('abort', stopped);
    try {
      for (;;) {
        stop.throwIfAborted();
        if (this.#failure !== undefined) throw this.#failure;
        if (isDirty) {
          isDirty = false;
          const answer = await look();
          if (answer !== undefined) return answer;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (isDirty || stop.aborted || this.#failure !== undefined) resolve();
          });
        }
      }
    } finally {
      this.#listeners.delete(listener);
      stop.removeEventListener('abort', stopped);
    }
  }

  async #subscribe(): Promise<void> {
    const events = await this.#engine.watchContainers(this.#project, this.#signal);
    this.#reading = this.#read(events);
  }

  async #read(events: AsyncIterable<{ readonly id: string }>): Promise<void> {
    try {
      for await (const { id } of events) this.#tell(id);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#tell('');
  }

  #tell(containerId: string): void {
    for (const listener of this.#listeners) listener(containerId);
  }
}
