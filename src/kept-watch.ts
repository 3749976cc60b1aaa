import type { Project } from './model/project.js';
import { ProjectWatch, type ProjectWatchOptions, tellTrouble } from './project-watch.js';
import type { Session } from './session.js';

/** Watching beside the control loop: it follows every project that the loop loads, and never ends the loop. */
export class KeptWatch {
  readonly #watching: ProjectWatch;
  readonly #session: Session;
  readonly #stop = new AbortController();
  #isRunning = false;
  #last: Promise<void> = Promise.resolve();
  #running: Promise<void> = Promise.resolve();

  constructor(options: ProjectWatchOptions, session: Session) {
    this.#watching = new ProjectWatch(options, session);
    this.#session = session;
  }

  follow(project: Project): void {
    this.#last = this.#last.then(() => this.#follow(project)).catch((error: unknown) => this.#tell(error));
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#last;
    await this.#running;
  }

  async #follow(project: Project): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    const scope = await this.#watching.scopeOf(project);
    if (this.#isRunning) return this.#watching.use(scope, signal);
    if (scope.rules.length === 0) return;
    this.#isRunning = true;
    this.#running = this.#watching
      .run(scope, signal)
      .catch((error: unknown) => this.#tell(error))
      .finally(() => {
        this.#isRunning = false;
      });
  }

  #tell(error: unknown): void {
    if (this.#stop.signal.aborted) return;
    tellTrouble(error as Error, this.#session);
  }
}
