import type { WatchControls, WatchRequest } from '../watch.js';
import type { CommandContext } from './command-context.js';
import type { UpToKeep } from './kept-up.js';
import { interruptSelf } from './keys.js';
import type { UpOptions } from './options/up-options.js';
import { buildsRequest } from './up-policy.js';
import { asOnlyWatcher } from './watch-lock.js';
import { watchMark, watchReporter } from './watch-reporter.js';

export interface UpToWatch extends UpToKeep {
  readonly options: Pick<UpOptions, 'scale' | 'quietBuild'>;
  /** Takes what can be asked for while files are watched, instead of keys of its own. */
  readonly onControls?: (controls: WatchControls) => void;
}

/** Watching beside an attached `up`: it begins when everything has been started, and ends before the stop. */
export class WatchedUp {
  readonly #context: CommandContext;
  readonly #up: UpToWatch;
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #stopKeys = () => {};

  constructor(context: CommandContext, up: UpToWatch) {
    this.#context = context;
    this.#up = up;
  }

  /** Fulfilled after `stop` only: what has ended may be started again by the next save. */
  async start(): Promise<void> {
    const { io } = this.#context;
    const { project, options, session } = this.#up;
    const { watch } = await import('../watch.js');
    const emit = watchReporter(this.#context, { quiet: options.quietBuild, prefix: watchMark });
    const own = { ...session, emit, drain: this.#stop.signal };
    const request = await this.#request();
    this.#running = asOnlyWatcher(io, project, () => watch(project, request, own));
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#stopKeys();
    await this.#running.catch(() => {});
  }

  async #request(): Promise<WatchRequest> {
    const { policy, options, onControls } = this.#up;
    const { io } = this.#context;
    const { listenToWatchKeys } = await import('./watch-keys.js');
    return {
      services: policy.services,
      rules: 'declared',
      prune: 'prune',
      builds: buildsRequest(this.#context),
      reload: {
        texts: this.#context.loadedTexts,
        load: this.#context.loadRequest(policy.services),
        io: io.load,
        policy: { ...policy, recreate: policy.recreate === 'force' ? 'diverged' : policy.recreate },
        scale: options.scale,
        onLoad: ({ texts }) => this.#context.noteLoaded(texts),
      },
      onStart: (controls) => {
        if (onControls !== undefined) return onControls(controls);
        const end = { quit: interruptSelf, interrupt: interruptSelf };
        this.#stopKeys = listenToWatchKeys(io, { ...controls, ...end });
      },
    };
  }
}
