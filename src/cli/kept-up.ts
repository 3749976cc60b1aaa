import type { Project } from '../model/project.js';
import type { UpPolicy } from '../plan/policy.js';
import type { Session } from '../session.js';
import type { CommandContext } from './command-context.js';
import type { UpOptions } from './options/up-options.js';

export interface UpToKeep {
  readonly project: Project;
  readonly policy: UpPolicy;
  readonly options: Pick<UpOptions, 'scale'>;
  readonly session: Session;
}

/** The control loop beside an attached `up`: it begins when everything has been started, and ends before the stop. */
export class KeptUp {
  readonly #context: CommandContext;
  readonly #up: UpToKeep;
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(context: CommandContext, up: UpToKeep) {
    this.#context = context;
    this.#up = up;
  }

  /** Fulfilled when somebody has taken the project down, or after `stop`. */
  async start(): Promise<void> {
    const { keepLoop } = await import('./keep-loop.js');
    const { project, policy, options, session } = this.#up;
    const request = { policy, scale: options.scale };
    const { services } = policy;
    const kept = { project, command: 'up', request, services } as const;
    this.#running = keepLoop(this.#context, kept, { ...session, drain: this.#stop.signal });
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running.catch(() => {});
  }
}
