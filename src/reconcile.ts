import { applyAll, planObserved, prepare } from './compose.js';
import { runControlLoop } from './control/control-loop.js';
import { type FileWatcher, readWatched, watchFiles } from './control/file-watcher.js';
import type { Loaded, LoopWorld } from './control/loop-world.js';
import { timerClock } from './control/timer-clock.js';
import { type EngineWakeUps, listenToEngine } from './control/wake-ups.js';
import type { Engine } from './engine/engine.js';
import { observe } from './engine/observe.js';
import { buildDependencyGraph } from './graph/dependency-graph.js';
import { withScale } from './graph/scale.js';
import { selectServices } from './graph/select.js';
import { holdProject } from './hold-project.js';
import { KeptWatch } from './kept-watch.js';
import { withAbortableCode } from './load/code/abortable-code.js';
import type { LoadIo, LoadRequest } from './load/load-io.js';
import { loadProject } from './load/load-project.js';
import type { LoadResult } from './load/load-result.js';
import { recordReads } from './load/record-reads.js';
import { given } from './model/given.js';
import type { ObservedContainerDetails } from './model/observed.js';
import type { Project } from './model/project.js';
import { withPlaces } from './places.js';
import { defaultUpPolicy, type UpPolicy } from './plan/policy.js';
import { ConfigError, EngineError, UsageError } from './problems/errors.js';
import { tellTrouble } from './project-watch.js';
import type { Session } from './session.js';

/** What to keep, and how. */
export interface ReconcileRequest {
  readonly load: LoadRequest;
  readonly io: LoadIo;
  /** Without it: as `up` without any flag. */
  readonly policy?: UpPolicy;
  /** Numbers of replicas that count instead of those of the files, by service. */
  readonly scale?: ReadonlyMap<string, number>;
  /** `report`: says what differs, and changes nothing. */
  readonly drift?: 'repair' | 'report';
  /** Also does what `develop.watch` of its services says when files change, and emits `watch-…` events. */
  readonly watch?: 'watch' | 'none';
  /** Called with every load, the first one too. */
  readonly onLoad?: (result: LoadResult) => void;
}

/**
 * Keeps a project as its files say: whatever the engine or a person does to it, and whenever a file that it was loaded
 * from changes. Goes on until `session.drain` or `session.signal` is aborted (`ended`), or the project is taken down. Throws ConfigError
 * when the files are wrong at the beginning, and EngineError when the engine cannot be reached then.
 */
export async function reconcile(
  request: ReconcileRequest,
  session: Session,
): Promise<'taken-down' | 'ended'> {
  const keeper = new Keeper(request, session);
  const project = await keeper.firstProject();
  const reasons: string[] = [];
  let onFile = (path: string): unknown => reasons.push(path);
  const watcher = watchFiles(
    (path) => onFile(path),
    (error) => tellTrouble(error, session),
  );
  try {
    const world = keeper.world(project.name, watcher, (tell) => {
      onFile = tell;
      for (const path of reasons.splice(0)) tell(path);
    });
    return await runControlLoop(world, endOf(session));
  } finally {
    watcher.close();
    await keeper.end();
  }
}

/** The functions of the loop over real files and a real engine. */
class Keeper {
  readonly #request: ReconcileRequest;
  readonly #session: Session;
  readonly #policy: UpPolicy;
  #first: { result: LoadResult; paths: ReadonlySet<string> } | undefined;
  readonly #watching: KeptWatch | undefined;
  #project: Project | undefined;

  constructor(request: ReconcileRequest, session: Session) {
    this.#request = request;
    this.#session = session;
    // Nobody is asked, nothing is forced again and again, and orphans are told by `up`.
    const { recreate, orphans, ...policy } = request.policy ?? defaultUpPolicy;
    this.#policy = {
      ...policy,
      recreate: recreate === 'force' ? 'diverged' : recreate,
      recreateDependencies:
        policy.recreateDependencies === 'force' ? 'diverged' : policy.recreateDependencies,
      orphans: orphans === 'remove' ? 'remove' : 'ignore',
      anonymousVolumes: 'inherit',
      // It hears of each update, and looks only then: there is no plan for nothing that many containers could slow down.
      limitCheck: 'all',
      volumesToReplace: 'none',
      start: 'start',
      wait: 'none',
      build: policy.build === 'always' ? 'missing' : policy.build,
    };
    if (request.watch !== 'watch' || request.drift === 'report') return;
    const { services, builds } = this.#policy;
    this.#watching = new KeptWatch({ services, builds, rules: 'declared', prune: 'prune' }, session);
  }

  async end(): Promise<void> {
    await this.#watching?.end();
  }

  /** What is wrong from the start is thrown, before anything is watched. */
  async firstProject(): Promise<Project> {
    this.#first = await this.#read(endOf(this.#session));
    const { result } = this.#first;
    if (!result.ok) throw new ConfigError(result.diagnostics);
    return result.project;
  }

  world(
    name: string,
    watcher: FileWatcher,
    listenToFiles: (tell: (path: string) => void) => void,
  ): LoopWorld {
    const { engine, clock, emit, buildPlaces } = this.#session;
    const timers = timerClock(clock);
    return {
      load: (signal) => this.#load(name, watcher, signal),
      hold: (project, body) => holdProject(project, 'reconcile', this.#session, body),
      observe: async (project, signal) =>
        withPlaces(await observe(engine, project, signal), project, this.#session.places),
      inspect: (id, signal) => inspectIfThere(engine, id, signal),
      plan: async ({ project, observed, services, care }, signal) => {
        const policy = { ...this.#policy, services, dependencies: 'without-dependencies', care } as const;
        const plan = await planObserved(project, policy, observed, {
          engine,
          signal,
          ...given({ buildPlaces }),
        });
        // Said with every pass, what is as it should be would hide what is not.
        return { ...plan, notes: plan.notes.filter(({ kind }) => kind !== 'kept') };
      },
      // What has begun may end: only the session's own signal cuts it off.
      apply: (plan, project, signal) => applyAll(plan, project, { ...this.#session, drain: signal }),
      listen: async (tell, signal) => {
        listenToFiles((path) => tell({ kind: 'file', path }));
        const isNamed: EngineWakeUps['isNamed'] = (resource, named) => this.#isNamed(resource, named);
        await listenToEngine({ engine, project: name, clock: timers, isNamed }, tell, signal);
      },
      clock: timers,
      emit,
      drift: this.#request.drift ?? 'repair',
    };
  }

  async #load(name: string, watcher: FileWatcher, signal: AbortSignal): Promise<Loaded> {
    // Also after a failure: the file that is missing may come.
    const { result } = await readWatched(watcher, async () => {
      const found = this.#first ?? (await this.#read(signal));
      this.#first = undefined;
      return found;
    });
    if (!result.ok) return { ok: false, error: new ConfigError(result.diagnostics) };
    try {
      const { project, scope } = this.#scoped(result.project, name);
      this.#project = project;
      this.#watching?.follow(project);
      return { ok: true, project: await this.#prepared(project, signal), scope };
    } catch (error) {
      if (error instanceof UsageError) return { ok: false, error };
      throw error;
    }
  }

  /** The project, and every file that it depends on. */
  async #read(signal: AbortSignal): Promise<{ result: LoadResult; paths: ReadonlySet<string> }> {
    const io = recordReads(withAbortableCode(this.#request.io, signal));
    const result = await loadProject(this.#request.load, io);
    this.#request.onLoad?.(result);
    return { result, paths: io.paths };
  }

  /** Throws UsageError when the files no longer have what was asked for. */
  #scoped(found: Project, name: string): { project: Project; scope: readonly string[] } {
    if (found.name !== name) throw renamed(name, found.name);
    const project = withScale(found, this.#request.scale ?? new Map());
    const { services, dependencies } = this.#policy;
    const graph = buildDependencyGraph(project.services);
    return { project, scope: selectServices(project, graph, services, dependencies).services };
  }

  /** Providers and pulls by policy: with the first load and after each change of the files, not with every pass. */
  async #prepared(project: Project, signal: AbortSignal): Promise<Project> {
    if (this.#request.drift === 'report') return project;
    return prepare(project, this.#policy, { ...this.#session, drain: signal });
  }

  #isNamed(resource: 'network' | 'volume', name: string): boolean {
    const named = resource === 'network' ? this.#project?.networks : this.#project?.volumes;
    return [...(named?.values() ?? [])].some((each) => each.name === name);
  }
}

/** A request to end is enough: nothing new is begun. */
function endOf({ signal, drain }: Session): AbortSignal {
  return AbortSignal.any([signal, drain].filter((each) => each !== undefined));
}

function renamed(before: string, after: string): UsageError {
  return new UsageError(`the project is called "${after}" now, and "${before}" is what runs`, {
    hint: `take "${before}" down and bring "${after}" up, or give it its name back`,
  });
}

async function inspectIfThere(
  engine: Engine,
  id: string,
  signal: AbortSignal,
): Promise<ObservedContainerDetails | undefined> {
  try {
    return await engine.inspectContainer(id, signal);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
