import type { Engine } from '../engine/engine.js';

/** The engine of a project: somebody else's, which stays open, or one of its own, which is connected to when it is first needed. */
export class EngineLink {
  readonly #given: Engine | undefined;
  readonly #connect: () => Promise<Engine>;
  #own: Promise<Engine> | undefined;

  constructor(given: Engine | undefined, connect: () => Promise<Engine>) {
    this.#given = given;
    this.#connect = connect;
  }

  async get(): Promise<Engine> {
    if (this.#given !== undefined) return this.#given;
    this.#own ??= this.#connect();
    try {
      return await this.#own;
    } catch (error) {
      // An engine that is not there now may be the next time.
      this.#own = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    const own = this.#own;
    this.#own = undefined;
    (await own?.catch(() => undefined))?.close();
  }
}
