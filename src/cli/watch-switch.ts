import type { WatchControls } from '../watch.js';
import type { CommandContext } from './command-context.js';
import { type UpToWatch, WatchedUp } from './watched-up.js';

/** Watching beside an attached `up`, which may be switched on and off as often as one likes. */
export class WatchSwitch {
  readonly #context: CommandContext;
  readonly #up: UpToWatch;
  readonly #keys: 'own' | 'of-menu';
  #now: WatchedUp | undefined;
  #ending: Promise<void> = Promise.resolve();
  #controls: WatchControls | undefined;

  /** `of-menu`: somebody else reads what is typed. */
  constructor(context: CommandContext, up: UpToWatch, keys: 'own' | 'of-menu') {
    this.#context = context;
    this.#up = up;
    this.#keys = keys;
  }

  get isOn(): boolean {
    return this.#now !== undefined;
  }

  /** What a person can ask for; undefined while nothing is watched. */
  get controls(): WatchControls | undefined {
    return this.#controls;
  }

  /** Fulfilled when it has been switched off. Throws what `watch` throws. */
  async start(): Promise<void> {
    const onControls = (controls: WatchControls) => {
      this.#controls = controls;
    };
    const up = this.#keys === 'own' ? this.#up : { ...this.#up, onControls };
    const now = new WatchedUp(this.#context, up);
    this.#now = now;
    try {
      const running = now.start();
      this.#ending = running.catch(() => {});
      await running;
    } finally {
      this.#now = undefined;
      this.#controls = undefined;
    }
  }

  async stop(): Promise<void> {
    await this.#now?.stop();
    await this.#ending;
  }

  /** Fulfilled at once when nothing is watched. */
  off(): Promise<void> {
    return this.#ending;
  }
}
