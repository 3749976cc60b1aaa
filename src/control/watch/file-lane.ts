import { isUp } from '../../model/is-up.js';
import type { ObservedContainer } from '../../model/observed.js';
import { textOrder } from '../../model/order.js';
import type { WatchEvent } from '../../model/watch-event.js';
import { EngineError } from '../../problems/errors.js';
import { ContainerOwners } from './container-owners.js';
import { differingFiles, differingUploads } from './first-sync.js';
import { Journal } from './journal.js';
import { copies, type SyncJob, type Upload } from './route-changes.js';
import { type SyncTools, syncInto } from './sync-files.js';
import type { WatchScope, WatchWorld, WithoutTime } from './watch-world.js';

type Deed = 'first-sync' | 'catch-up';

/** Beyond that, sending is quicker than asking. */
const worthAsking = 200;

/** Keeps the files of containers equal to ours: of all replicas, and of those that come later. One thing at a time. */
export class FileLane {
  readonly #world: WatchWorld;
  readonly #tools: SyncTools;
  readonly #journals = new Map<string, Journal>();
  /** Containers that have got everything so far. */
  readonly #current = new Set<string>();
  /** Known as long as events tell when it is no longer true; undefined: to be asked. */
  #listed: { readonly of: string; readonly containers: readonly ObservedContainer[] } | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(world: WatchWorld) {
    this.#world = world;
    const { engine, reader } = world;
    this.#tools = { engine, reader, owners: new ContainerOwners(engine) };
  }

  /**
   * Brings containers up to date that have not been seen yet: `first-sync` those that are there when watching begins,
   * `catch-up` those that come later. Gives the services of which something had to be copied.
   */
  bringUpAll(deed: Deed, scope: WatchScope, signal: AbortSignal): Promise<ReadonlySet<string>> {
    return this.#inTurn(async () => {
      const changed = new Set<string>();
      for (const container of await this.#containers(scope, signal)) {
        if (this.#current.has(container.id)) continue;
        try {
          if (await this.#bringUp(container, scope, deed, signal)) changed.add(container.service);
        } catch (error) {
          if (signal.aborted) break;
          const about = { services: [container.service], files: [], error: error as Error };
          this.#tell({ kind: 'watch-failed', action: deed, ...about });
        }
      }
      return changed;
    });
  }

  /** Copies changes. Gives the services for which that worked. */
  sync(
    jobs: readonly SyncJob[],
    scope: WatchScope,
    sinceMs: number,
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>> {
    return this.#inTurn(async () => {
      for (const job of jobs) this.#journalOf(job.service).note(job);
      const containers = await this.#containers(scope, signal);
      const done = await Promise.all(
        jobs.map(async (job) =>
          (await this.#copy(job, containers, scope, sinceMs, signal)) ? [job.service] : [],
        ),
      );
      return new Set(done.flat());
    });
  }

  /** Something has happened to a container: the list is to be asked for again. */
  forgetList(): void {
    this.#listed = undefined;
  }

  async #copy(
    job: SyncJob,
    containers: readonly ObservedContainer[],
    scope: WatchScope,
    sinceMs: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    const own = containers.filter(({ service }) => service === job.service);
    if (own.length === 0) return true;
    const about = { services: [job.service], files: job.files };
    this.#tell({ kind: 'watch-acting', action: 'sync', ...about });
    const failures: Error[] = [];
    await Promise.all(
      own.map(async (container) => {
        try {
          if (this.#current.has(container.id)) await syncInto(container, job, this.#tools, signal);
          else await this.#bringUp(container, scope, 'catch-up', signal);
        } catch (error) {
          // It gets everything once more when it is heard of the next time.
          this.#current.delete(container.id);
          this.#listed = undefined;
          if (isGone(error)) return;
          failures.push(error as Error);
        }
      }),
    );
    for (const error of failures) this.#tell({ kind: 'watch-failed', action: 'sync', ...about, error });
    if (failures.length > 0) return false;
    const names = own.map(({ name }) => name);
    const durationMs = this.#world.clock.nowMs() - sinceMs;
    this.#tell({ kind: 'watch-acted', action: 'sync', ...about, containers: names, durationMs });
    return true;
  }

  /** Everything for one container that has not got it yet. True when there was something to copy. */
  async #bringUp(
    container: ObservedContainer,
    scope: WatchScope,
    deed: Deed,
    signal: AbortSignal,
  ): Promise<boolean> {
    const startedAtMs = this.#world.clock.nowMs();
    const job = await this.#missingIn(container, scope, signal);
    if (job !== undefined) {
      await syncInto(container, job, this.#tools, signal);
      const durationMs = this.#world.clock.nowMs() - startedAtMs;
      const about = { services: [container.service], files: job.files, containers: [container.name] };
      this.#tell({ kind: 'watch-acted', action: deed, ...about, durationMs });
    }
    this.#current.add(container.id);
    return job !== undefined;
  }

  async #missingIn(
    container: ObservedContainer,
    { rules }: WatchScope,
    signal: AbortSignal,
  ): Promise<SyncJob | undefined> {
    const { id, service } = container;
    const found = new Map<string, Upload>();
    for (const rule of rules) {
      if (rule.service !== service || !rule.rule.isSyncedFirst || !copies(rule)) continue;
      for (const upload of await differingFiles(id, rule, this.#tools, signal)) found.set(upload.to, upload);
    }
    const journal = this.#journals.get(service)?.jobFor(service);
    for (const upload of await this.#open(id, journal?.uploads ?? [], signal)) found.set(upload.to, upload);
    const removals = await this.#present(id, journal?.removals ?? [], signal);
    if (found.size + removals.length === 0) return undefined;
    const uploads = [...found.values()].sort((a, b) => textOrder(a.to, b.to));
    const files = uploads.filter(({ kind }) => kind !== 'directory').map(({ from }) => from);
    return { service, uploads, removals, files };
  }

  #open(id: string, uploads: readonly Upload[], signal: AbortSignal): readonly Upload[] | Promise<Upload[]> {
    return uploads.length > worthAsking ? uploads : differingUploads(id, uploads, this.#tools, signal);
  }

  async #present(id: string, places: readonly string[], signal: AbortSignal): Promise<readonly string[]> {
    if (places.length > worthAsking) return places;
    const { archives } = this.#world.engine;
    const found = await Promise.all(places.map((place) => archives.stat(id, place, signal)));
    return places.filter((_, index) => found[index] !== undefined);
  }

  async #containers({ project, rules }: WatchScope, signal: AbortSignal): Promise<ObservedContainer[]> {
    const services = new Set(rules.filter(copies).map(({ service }) => service));
    if (services.size === 0) return [];
    const all = await this.#list(project.name, signal);
    const own = all.filter(
      ({ service, isOneOff, state }) => services.has(service) && !isOneOff && state !== 'removing',
    );
    const ids = new Set(own.map(({ id }) => id));
    for (const id of this.#current) {
      if (ids.has(id)) continue;
      this.#current.delete(id);
      this.#tools.owners.forget(id);
    }
    // Those that run are worth being first.
    return own.sort((a, b) => Number(isUp(b)) - Number(isUp(a)));
  }

  async #list(project: string, signal: AbortSignal): Promise<readonly ObservedContainer[]> {
    if (this.#listed?.of === project) return this.#listed.containers;
    const asked = { of: project, containers: [] as readonly ObservedContainer[] };
    this.#listed = asked;
    const containers = await this.#world.engine.listContainers(project, signal).catch((error: unknown) => {
      this.#listed = undefined;
      throw error;
    });
    // What has happened while the engine answered may not be in its answer.
    if (this.#listed === asked) this.#listed = { of: project, containers };
    return containers;
  }

  #journalOf(service: string): Journal {
    const journal = this.#journals.get(service) ?? new Journal();
    this.#journals.set(service, journal);
    return journal;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  #tell(event: WithoutTime<WatchEvent>): void {
    this.#world.emit({ ...event, atMs: this.#world.clock.nowMs() } as WatchEvent);
  }
}

/** Somebody has removed the container a moment ago: there is nothing to copy to. */
function isGone(error: unknown): boolean {
  return error instanceof EngineError && error.kind === 'not-found';
}
