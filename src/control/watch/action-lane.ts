import { groupBy } from '../../model/group-by.js';
import { isUp } from '../../model/is-up.js';
import type { WatchDeed, WatchEvent } from '../../model/watch-event.js';
import type { FollowUp } from './route-changes.js';
import type { WatchScope, WatchWorld, WithoutTime } from './watch-world.js';

/** Several rules, or several saves in a row, ask for one restart. */
const restMs = 80;

interface Wish extends FollowUp {
  readonly sinceMs: number;
}

/**
 * Rebuilds, restarts and commands: one thing after the other, while files go on being copied. What is asked for while
 * something is under way is done afterwards, once.
 */
export class ActionLane {
  readonly #world: WatchWorld;
  readonly #scope: () => WatchScope;
  #wishes: Wish[] = [];
  #wake = () => {};

  constructor(world: WatchWorld, scope: () => WatchScope) {
    this.#world = world;
    this.#scope = scope;
  }

  push(followUps: readonly FollowUp[], sinceMs: number): void {
    this.#wishes.push(...followUps.map((followUp) => ({ ...followUp, sinceMs })));
    if (this.#wishes.length > 0) this.#wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    const end = () => this.#wake();
    signal.addEventListener('abort', end);
    try {
      while (!signal.aborted) {
        if (this.#wishes.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
        if (signal.aborted) return;
        await this.#world.clock.sleep(restMs, signal);
        if (!signal.aborted) await this.#round(this.#wishes.splice(0), signal);
      }
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  async #round(wishes: readonly Wish[], signal: AbortSignal): Promise<void> {
    const of = (kind: Wish['kind']) => wishes.filter((wish) => wish.kind === kind);
    const rebuilt = await this.#change('rebuild', of('rebuild'));
    // What was made anew has been started with its files.
    await this.#change(
      'restart',
      of('restart').filter(({ service }) => !rebuilt.has(service)),
    );
    if (!signal.aborted) await this.#exec(of('exec'), signal);
  }

  /** Gives the services that it worked for. */
  async #change(kind: 'rebuild' | 'restart', wishes: readonly Wish[]): Promise<ReadonlySet<string>> {
    const { project, rules } = this.#scope();
    const known = wishes.filter(({ service }) => rules.some((rule) => rule.service === service));
    const services = [...new Set(known.map(({ service }) => service))];
    if (services.length === 0) return new Set();
    this.#tell({ kind: 'watch-acting', action: kind, services, files: filesOf(known) });
    const failed = await this.#attempt(kind, services, known);
    const done = services.filter((service) => !failed.has(service));
    if (done.length > 0) {
      const own = known.filter(({ service }) => done.includes(service));
      const containers = (await this.#world.engine.listContainers(project.name).catch(() => []))
        .filter(({ service, isOneOff }) => done.includes(service) && !isOneOff)
        .map(({ name }) => name);
      this.#acted(kind, done, own, containers);
    }
    return new Set(done);
  }

  /** All at once; when that fails, each for itself, so that one service does not hold up the others. Gives who failed. */
  async #attempt(
    kind: 'rebuild' | 'restart',
    services: readonly string[],
    wishes: readonly Wish[],
  ): Promise<ReadonlySet<string>> {
    const { project } = this.#scope();
    const call = (some: readonly string[]) =>
      kind === 'rebuild' ? this.#world.rebuild(project, some) : this.#world.restart(project, some);
    const failed = new Set<string>();
    try {
      await call(services);
    } catch (error) {
      for (const service of services) {
        try {
          if (services.length === 1) throw error;
          await call([service]);
        } catch (cause) {
          failed.add(service);
          const files = filesOf(wishes.filter((wish) => wish.service === service));
          this.#tell({
            kind: 'watch-failed',
            action: kind,
            services: [service],
            files,
            error: cause as Error,
          });
        }
      }
    }
    return failed;
  }

  /** Each rule's command once in every container that runs. */
  async #exec(wishes: readonly Wish[], signal: AbortSignal): Promise<void> {
    for (const [rule, own] of groupBy(wishes, (wish) => wish.rule)) {
      const { exec } = rule.rule;
      const { service } = rule;
      if (exec === undefined) continue;
      const about = { services: [service], files: filesOf(own) };
      this.#tell({ kind: 'watch-acting', action: 'exec', ...about });
      try {
        const all = await this.#world.engine.listContainers(this.#scope().project.name, signal);
        const running = all.filter((each) => each.service === service && !each.isOneOff && isUp(each));
        const ends = await Promise.all(
          running.map(async ({ id, name }) => {
            const { exitCode, output } = await this.#world.engine.runProgram(id, exec, signal);
            this.#tell({
              kind: 'watch-exec-ended',
              service,
              container: name,
              command: exec.command,
              output,
              exitCode,
            });
            return exitCode;
          }),
        );
        if (ends.every((code) => code === 0))
          this.#acted(
            'exec',
            [service],
            own,
            running.map(({ name }) => name),
          );
      } catch (error) {
        if (signal.aborted) return;
        this.#tell({ kind: 'watch-failed', action: 'exec', ...about, error: error as Error });
      }
    }
  }

  #acted(
    action: WatchDeed,
    services: readonly string[],
    wishes: readonly Wish[],
    containers: readonly string[],
  ): void {
    const durationMs = this.#world.clock.nowMs() - Math.min(...wishes.map(({ sinceMs }) => sinceMs));
    this.#tell({ kind: 'watch-acted', action, services, files: filesOf(wishes), containers, durationMs });
  }

  #tell(event: WithoutTime<WatchEvent>): void {
    this.#world.emit({ ...event, atMs: this.#world.clock.nowMs() } as WatchEvent);
  }
}

function filesOf(wishes: readonly FollowUp[]): string[] {
  return [...new Set(wishes.flatMap(({ files }) => files))].sort();
}
