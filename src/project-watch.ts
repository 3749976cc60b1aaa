import { DirectoryWatches } from './control/directory-watches.js';
import { timerClock } from './control/timer-clock.js';
import { nodeTree } from './control/watch/tree-reader.js';
import { WatchLoop } from './control/watch/watch-loop.js';
import type { WatchScope, WatchWorld } from './control/watch/watch-world.js';
import type { Project } from './model/project.js';
import type { UpPolicy } from './plan/policy.js';
import type { Session } from './session.js';
import { rebuildServices, restartServices } from './watch-deeds.js';
import { type WatchNote, type WatchSelection, watchRulesOf } from './watch-scope.js';

export interface ProjectWatchOptions extends WatchSelection {
  /** Whether images go that a rebuild has left without a name. */
  readonly prune: 'prune' | 'keep';
  /** What is asked of builds, beyond the files. */
  readonly builds?: UpPolicy['builds'];
}

/** Keys of a person who watches the watching. */
export interface WatchControls {
  /** Changes wait until it is called again. */
  toggle(): void;
  rebuild(): void;
  restart(): void;
}

/** The files of one project, watched; the project may become another one meanwhile. */
export class ProjectWatch {
  readonly #options: ProjectWatchOptions;
  readonly #session: Session;
  readonly #told = new Set<string>();
  #loop: WatchLoop | undefined;

  constructor(options: ProjectWatchOptions, session: Session) {
    this.#options = options;
    this.#session = session;
  }

  /** Rules and notes of a project. Throws BlockedError or BuildPlaceError. */
  async scopeOf(project: Project): Promise<WatchScope> {
    const { rules, notes } = await watchRulesOf(project, this.#options);
    for (const note of notes) this.#tellOnce(note);
    return { project, rules };
  }

  /** Until `signal` is aborted. Throws WatchError or EngineError when it cannot begin. */
  async run(scope: WatchScope, signal: AbortSignal): Promise<void> {
    this.#loop = new WatchLoop(this.#world(), scope);
    await this.#loop.run(signal);
  }

  /** Goes on with another project. */
  async use(scope: WatchScope, signal: AbortSignal): Promise<void> {
    await this.#loop?.use(scope, signal);
  }

  readonly controls: WatchControls = {
    toggle: () => this.#loop?.toggle(),
    rebuild: () => this.#loop?.ask('rebuild'),
    restart: () => this.#loop?.ask('restart'),
  };

  #world(): WatchWorld {
    const { engine, clock, emit } = this.#session;
    const { prune, builds } = this.#options;
    return {
      engine,
      reader: nodeTree,
      watches: (onHint) => new DirectoryWatches(onHint),
      rebuild: (project, services) => rebuildServices(project, services, { prune, builds }, this.#session),
      restart: (project, services) => restartServices(project, services, this.#session),
      clock: timerClock(clock),
      emit,
    };
  }

  #tellOnce(note: WatchNote): void {
    const key = `${note.service} ${note.path} ${note.why}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#session.emit({ ...note, atMs: this.#session.clock.nowMs() });
  }
}

/** What is wrong with the watching itself; it goes on as far as it can. */
export function tellTrouble(error: Error, { emit, clock }: Pick<Session, 'emit' | 'clock'>): void {
  const about = { action: 'watch', services: [], files: [] } as const;
  emit({ kind: 'watch-failed', ...about, error, atMs: clock.nowMs() });
}
