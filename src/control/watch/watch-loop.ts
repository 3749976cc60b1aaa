import { aborted } from '../../model/aborted.js';
import type { WatchEvent } from '../../model/watch-event.js';
import { CancelledError } from '../../problems/errors.js';
import { ActionLane } from './action-lane.js';
import { FileLane } from './file-lane.js';
import { HintBox, type Hints } from './hints.js';
import { type FollowUp, followUpOf, routeChanges } from './route-changes.js';
import type { WatchScope, WatchWorld, WithoutTime } from './watch-world.js';
import { WatchedTree } from './watched-tree.js';

/*
 *  files ──hint──▶ HintBox ──rest──▶ WatchedTree ──changes──▶ routeChanges ──┬─▶ FileLane    copy, remove
 *  engine ──start──────────────────────────────────────────────────────────────▶ FileLane    bring up to date
 *                                                                            └─▶ ActionLane  rebuild ▸ restart ▸ exec
 *
 * A hint only says "look again": what is done follows from what is there. Copying never waits for a build.
 */

type ContainerEvents = AsyncIterable<{ readonly action: string; readonly isOneOff: boolean }>;

/** Does what rules say when files change, until it is told to end. */
export class WatchLoop {
  readonly #world: WatchWorld;
  readonly #files: FileLane;
  readonly #actions: ActionLane;
  readonly #hints: HintBox;
  #scope: WatchScope;
  #tree: WatchedTree | undefined;
  #paused: { readonly ended: Promise<void>; end(): void } | undefined;

  constructor(world: WatchWorld, scope: WatchScope) {
    this.#world = world;
    this.#scope = scope;
    this.#hints = new HintBox(world.clock);
    this.#files = new FileLane(world);
    this.#actions = new ActionLane(world, () => this.#scope);
  }

  /** Until `signal` is aborted. Throws what keeps it from beginning: WatchError, EngineError. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const end = () => stop.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) stop.abort();
    try {
      const events = await this.#world.engine.watchContainers(this.#scope.project.name, stop.signal);
      await this.#open();
      this.#follow(await this.#files.bringUpAll('first-sync', this.#scope, stop.signal));
      await Promise.all([
        this.#turn(stop.signal),
        this.#actions.run(stop.signal),
        this.#listen(events, stop.signal),
      ]);
    } catch (error) {
      if (!(stop.signal.aborted && error instanceof CancelledError)) throw error;
    } finally {
      stop.abort();
      signal.removeEventListener('abort', end);
      this.#tree?.close();
    }
  }

  /** Other rules from now on. What has changed by then is done by the old ones. */
  async use(scope: WatchScope, signal: AbortSignal): Promise<void> {
    const isSame = sameRules(scope, this.#scope);
    this.#scope = scope;
    if (isSame || this.#tree === undefined) return;
    const before = this.#tree;
    await this.#open();
    before.close();
    await this.#files.bringUpAll('catch-up', scope, signal);
  }

  /** `w`: changes wait until watching goes on. */
  toggle(): void {
    if (this.#paused !== undefined) {
      this.#paused.end();
      this.#paused = undefined;
      this.#announce(this.#tree?.watchCount ?? 0, 0);
      return;
    }
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#paused = { ended, end };
    this.#tell({ kind: 'watch-disabled' });
  }

  /** What a person asks for by a key: all services that are watched, or all that have a build. */
  ask(kind: 'rebuild' | 'restart'): void {
    const { project, rules } = this.#scope;
    const services = new Set(rules.map(({ service }) => service));
    const followUps = [...services].flatMap((service): FollowUp[] => {
      const rule = rules.find((each) => each.service === service);
      if (rule === undefined || (kind === 'rebuild' && project.services.get(service)?.build === undefined))
        return [];
      return [{ kind, service, rule, files: [] }];
    });
    this.#actions.push(followUps, this.#world.clock.nowMs());
  }

  async #open(): Promise<void> {
    const startedAtMs = this.#world.clock.nowMs();
    const { reader, clock } = this.#world;
    const watches = this.#world.watches((path) => {
      if (tree.isOnTheWay(path)) this.#hints.push(path);
    });
    const onTrouble = (_path: string, error: Error) => this.#trouble(error);
    const tree: WatchedTree = new WatchedTree(this.#scope.rules, reader, watches, onTrouble, () =>
      clock.nowMs(),
    );
    try {
      await tree.open();
    } catch (error) {
      tree.close();
      throw error;
    }
    this.#tree = tree;
    this.#announce(tree.watchCount, this.#world.clock.nowMs() - startedAtMs);
  }

  async #turn(signal: AbortSignal): Promise<void> {
    for (;;) {
      const hints = await this.#hints.take(signal);
      if (hints === undefined) return;
      if (this.#paused !== undefined) await Promise.race([this.#paused.ended, aborted(signal)]);
      if (signal.aborted) return;
      try {
        await this.#act(hints, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#trouble(error as Error);
      }
    }
  }

  async #act({ paths, sinceMs, mayBeIncomplete }: Hints, signal: AbortSignal): Promise<void> {
    const changes = mayBeIncomplete ? await this.#tree?.rescan() : await this.#tree?.refresh(paths);
    if (changes === undefined || changes.length === 0) return;
    const { syncs, followUps } = routeChanges(changes, this.#scope.rules);
    // Those need no files of ours in the container first.
    const isFree = ({ service, kind }: FollowUp) =>
      kind === 'rebuild' || !syncs.some((job) => job.service === service);
    this.#actions.push(followUps.filter(isFree), sinceMs);
    if (syncs.length === 0) return;
    const done = await this.#files.sync(syncs, this.#scope, sinceMs, signal);
    const rest = followUps.filter((followUp) => !isFree(followUp) && done.has(followUp.service));
    this.#actions.push(rest, sinceMs);
  }

  /** When events stop coming, containers may have come unnoticed: that is asked once they come again. */
  async #listen(first: ContainerEvents, signal: AbortSignal): Promise<void> {
    let events: ContainerEvents | undefined = first;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        if (events !== first && events !== undefined) {
          this.#files.forgetList();
          await this.#catchUp(signal);
        }
        for await (const { action, isOneOff } of events ?? []) {
          attempt = 0;
          this.#files.forgetList();
          if (action === 'start' && !isOneOff) await this.#catchUp(signal);
        }
      } catch (error) {
        if (!signal.aborted && attempt === 0) this.#trouble(error as Error);
      }
      this.#files.forgetList();
      await this.#world.clock.sleep(Math.min(100 * 2 ** attempt, 5000), signal);
      if (signal.aborted) return;
      events = await this.#world.engine
        .watchContainers(this.#scope.project.name, signal)
        .catch(() => undefined);
    }
  }

  /** A container that has just come may have been made from an image that knows nothing of what was copied. */
  async #catchUp(signal: AbortSignal): Promise<void> {
    this.#follow(await this.#files.bringUpAll('catch-up', this.#scope, signal));
  }

  /** What was copied to these services is followed by what their rules say. */
  #follow(services: ReadonlySet<string>): void {
    const followUps = this.#scope.rules.flatMap((rule): FollowUp[] => {
      const kind = followUpOf(rule);
      if (kind === undefined || kind === 'rebuild' || rule.rule.action === 'restart') return [];
      return services.has(rule.service) ? [{ kind, service: rule.service, rule, files: [] }] : [];
    });
    this.#actions.push(followUps, this.#world.clock.nowMs());
  }

  #announce(watchCount: number, durationMs: number): void {
    const rules = this.#scope.rules.map(({ service, rule }) => ({
      service,
      action: rule.action,
      path: rule.path,
      target: rule.target,
    }));
    this.#tell({ kind: 'watch-enabled', rules, watchCount, durationMs });
  }

  #trouble(error: Error): void {
    this.#tell({ kind: 'watch-failed', action: 'watch', services: [], files: [], error });
  }

  #tell(event: WithoutTime<WatchEvent>): void {
    this.#world.emit({ ...event, atMs: this.#world.clock.nowMs() } as WatchEvent);
  }
}

function sameRules(a: WatchScope, b: WatchScope): boolean {
  const text = ({ rules }: WatchScope) =>
    JSON.stringify(rules.map(({ service, rule }) => [service, { ...rule, exec: rule.exec?.command }]));
  return text(a) === text(b);
}
