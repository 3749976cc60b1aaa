import type { ApplyResult } from '../model/apply-result.js';
import type { PassOutcome, WakeReason } from '../model/control.js';
import type { ObservedContainer, ObservedState } from '../model/observed.js';
import type { Plan } from '../model/plan.js';
import type { ControlEvent } from '../model/progress.js';
import type { Project } from '../model/project.js';
import type { ContainerCare } from '../plan/policy.js';
import { ApplyError, BlockedError, CancelledError, EngineError } from '../problems/errors.js';
import { type Assessment, assess } from './assess.js';
import { Backoffs } from './backoff.js';
import { Mailbox } from './coalesce.js';
import { ContainerMemory } from './container-memory.js';
import { errorOf, Failures } from './failures.js';
import type { Loaded, LoopWorld, PlanRequest } from './loop-world.js';
import { Notices } from './notices.js';
import { replicasToKeep } from './replicas-to-keep.js';
import { restOf } from './rest.js';
import { isWaking } from './waking.js';

/*
 *                    a reason that wakes,          quiet for 50 ms,
 *                    or a back-off is over         or long enough waited
 *        ┌─────────┐ ──────────────────▶ ┌─────────┐ ──────────▶ ┌──────────────────────────────────┐
 *   ──▶  │ waiting │                     │ resting │             │ passing                          │
 * begin  └─────────┘ ◀──────────┐        └─────────┘             │  load (only if files changed)    │
 *          ▲     │              │                                │  ▶ observe ▶ assess ▶ plan ▶ apply │
 *  engine  │     │ engine       │  settled · changed · drift ·   └──────────────────────────────────┘
 *   back   │     ▼ lost         │  failed · skipped                  │                    │
 *        ┌─────────┐            └────────────────────────────────────┘                    │ taken down,
 *        │ cut off │                                                                      ▼ signal
 *        └─────────┘   reasons that come while it passes wait for the next pass        ended
 */
type LoopState = 'waiting' | 'resting' | 'passing' | 'cut-off' | 'ended';

/**
 * Keeps a project as its files say until `signal` is aborted or a person takes it down. An event only says "look
 * again": what is done follows from what is there. One pass at a time. Throws what is wrong with the files when the
 * very first load fails, and whatever is no problem of files or engine.
 */
export async function runControlLoop(world: LoopWorld, signal: AbortSignal): Promise<'taken-down' | 'ended'> {
  return new ControlLoop(world, signal).run();
}

class ControlLoop {
  readonly #world: LoopWorld;
  readonly #signal: AbortSignal;
  readonly #mailbox: Mailbox;
  readonly #memory = new ContainerMemory();
  readonly #backoffs = new Backoffs();
  readonly #failures: Failures;
  readonly #counted = new Map<string, string>();
  readonly #notices: Notices;
  /** Services that the files had at some time since the loop began. */
  readonly #known = new Set<string>();
  /** Containers that we made: news of their making is no sign of somebody else at work. */
  readonly #made = new Set<string>();
  #loaded: Extract<Loaded, { ok: true }> | undefined;
  #mustLoad = true;
  /** Services for which nothing could be planned in this pass. */
  #culprits: readonly string[] = [];
  #state: LoopState = 'waiting';

  constructor(world: LoopWorld, signal: AbortSignal) {
    this.#world = world;
    this.#signal = signal;
    this.#mailbox = new Mailbox(world.clock, restOf(this.#made), isWaking);
    this.#failures = new Failures(this.#backoffs);
    this.#notices = new Notices((event) => this.#tell(event));
  }

  async run(): Promise<'taken-down' | 'ended'> {
    const stop = new AbortController();
    const end = () => stop.abort();
    this.#signal.addEventListener('abort', end, { once: true });
    if (this.#signal.aborted) stop.abort();
    const reading = this.#world.listen((reason) => this.#mailbox.push(reason), stop.signal);
    try {
      return await Promise.race([this.#turn(), reading.then(() => 'ended' as const)]);
    } finally {
      this.#state = 'ended';
      stop.abort();
      this.#signal.removeEventListener('abort', end);
      await reading.catch(() => {});
    }
  }

  async #turn(): Promise<'taken-down' | 'ended'> {
    for (;;) {
      const reasons = await this.#mailbox.take(this.#nextTimerMs(), this.#signal);
      if (this.#signal.aborted) return 'ended';
      this.#hear(reasons);
      if (this.#state === 'cut-off') continue;
      const outcome = await this.#pass(reasons);
      if (this.#signal.aborted) return 'ended';
      if (outcome.kind === 'taken-down') return 'taken-down';
    }
  }

  /** There is nothing to wait for while the engine cannot be asked. */
  #nextTimerMs(): number | undefined {
    return this.#state === 'cut-off' ? undefined : this.#backoffs.nextMs(this.#world.clock.nowMs());
  }

  #hear(reasons: readonly WakeReason[]): void {
    this.#memory.hear(reasons);
    for (const reason of reasons) {
      if (reason.kind === 'file') this.#mustLoad = true;
      if (reason.kind === 'engine-lost' && this.#state !== 'cut-off') {
        this.#state = 'cut-off';
        this.#tell({ kind: 'engine-lost', message: reason.message });
      }
      if (reason.kind === 'engine-back') {
        if (this.#state === 'cut-off') this.#tell({ kind: 'engine-back' });
        this.#state = 'waiting';
        // Whatever failed for want of an engine may work now.
        this.#failures.clear();
      }
    }
  }

  async #pass(reasons: readonly WakeReason[]): Promise<PassOutcome> {
    const startedAtMs = this.#world.clock.nowMs();
    this.#state = 'passing';
    this.#tell({ kind: 'pass-started', reasons });
    const outcome = await this.#attempt(reasons);
    this.#state = 'waiting';
    const durationMs = this.#world.clock.nowMs() - startedAtMs;
    this.#tell({ kind: 'pass-ended', reasons, outcome, durationMs });
    return outcome;
  }

  async #attempt(reasons: readonly WakeReason[]): Promise<PassOutcome> {
    try {
      const isEdit = reasons.some(({ kind }) => kind === 'file');
      const isBlocked = this.#failures.isAllBlocked(this.#world.clock.nowMs());
      if (this.#mustLoad && (isEdit || !isBlocked)) await this.#load();
      if (this.#loaded === undefined) return { kind: 'skipped' };
      const { project, scope } = this.#loaded;
      return await this.#world.hold(project, () => this.#keep(project, scope, reasons));
    } catch (error) {
      if (this.#signal.aborted || error instanceof CancelledError) return { kind: 'skipped' };
      if (this.#loaded === undefined) throw error;
      return this.#failed(errorOf(error), this.#loaded.project);
    }
  }

  /** Invalid files change nothing: what was read last goes on to count. */
  async #load(): Promise<void> {
    const loaded = await this.#world.load(this.#signal);
    this.#mustLoad = false;
    if (!loaded.ok) {
      if (this.#loaded === undefined) throw loaded.error;
      this.#notices.filesInvalid(loaded.error);
      return;
    }
    this.#notices.filesValid();
    for (const name of loaded.project.services.keys()) this.#known.add(name);
    this.#loaded = loaded;
    // The edit may be the remedy for what failed.
    this.#failures.clear();
  }

  async #keep(
    project: Project,
    scope: readonly string[],
    reasons: readonly WakeReason[],
  ): Promise<PassOutcome> {
    const observed = await this.#world.observe(project, this.#signal);
    // Who ended what the list shows as ended: that news may have come while we waited.
    this.#memory.hear(this.#mailbox.pending);
    this.#memory.see(observed.containers);
    this.#forgetGone(observed.containers);
    if (this.#isTakenDown(observed, scope, reasons)) return { kind: 'taken-down' };
    const nowMs = this.#world.clock.nowMs();
    const assessment = await assess(observed.containers, project, scope, {
      memory: this.#memory,
      backoffs: this.#backoffs,
      counted: this.#counted,
      nowMs,
      inspect: (id) => this.#world.inspect(id, this.#signal),
    });
    this.#notices.tell(assessment);
    const kept = replicasToKeep(
      project,
      scope,
      this.#memory,
      this.#failures.blocked(project, nowMs, assessment.crashed),
    );
    if (kept.services.length === 0) return { kind: 'skipped' };
    const care = this.#careOf(assessment, project);
    const plan = await this.#planOf({ ...kept, observed, care });
    if (plan.steps.length > 0 && this.#world.drift === 'report') return this.#notices.drift(plan);
    if (plan.steps.length > 0) {
      this.#tell({ kind: 'pass-planned', reasons, plan });
      await this.#apply(plan, kept.project);
    }
    this.#failures.succeeded(kept.services);
    this.#notices.noDrift();
    return plan.steps.length > 0 ? { kind: 'changed', plan } : { kind: 'settled' };
  }

  /** What cannot be planned for some services is their failure alone: the next pass goes on without them. */
  async #planOf(request: PlanRequest): Promise<Plan> {
    try {
      return await this.#world.plan(request, this.#signal);
    } catch (error) {
      if (error instanceof BlockedError) this.#culprits = await this.#blockedServices(request);
      throw error;
    }
  }

  async #blockedServices(request: PlanRequest): Promise<string[]> {
    const blocked: string[] = [];
    for (const name of request.services) {
      try {
        await this.#world.plan({ ...request, services: [name] }, this.#signal);
      } catch (error) {
        if (!(error instanceof BlockedError)) throw error;
        blocked.push(name);
      }
    }
    return blocked;
  }

  async #apply(plan: Plan, project: Project): Promise<void> {
    this.#memory.expect(plan.steps);
    try {
      this.#note(await this.#world.apply(plan, project, this.#signal));
    } catch (error) {
      if (error instanceof ApplyError) this.#note(error.result);
      throw error;
    }
  }

  #note({ created }: ApplyResult): void {
    for (const id of created.values()) this.#made.add(id);
  }

  #careOf({ untouched, unstarted, remedies }: Assessment, project: Project): ContainerCare {
    const isDropped = (name: string) => !project.services.has(name) && !project.inactiveServices.has(name);
    return { untouched, unstarted, remedies, dropped: new Set([...this.#known].filter(isDropped)) };
  }

  #failed(error: Error, project: Project): PassOutcome {
    const culprits = this.#culprits;
    this.#culprits = [];
    const retryInMs = this.#failures.note(error, project, this.#world.clock.nowMs(), culprits);
    if (culprits.length > 0) this.#mailbox.push({ kind: 'timer' });
    // The source of wake-ups tells it.
    const isCutOff = error instanceof EngineError && error.kind === 'unreachable';
    return isCutOff ? { kind: 'skipped' } : { kind: 'failed', error, retryInMs };
  }

  /** Somebody has stopped and removed everything: `down`. */
  #isTakenDown(
    { containers }: ObservedState,
    scope: readonly string[],
    reasons: readonly WakeReason[],
  ): boolean {
    if (containers.length > 0 || reasons.some(({ kind }) => kind === 'begin')) return false;
    return scope.some((service) => this.#memory.removedByUser(service) > 0);
  }

  #forgetGone(containers: readonly ObservedContainer[]): void {
    const ids = new Set(containers.map(({ id }) => id));
    for (const id of this.#counted.keys()) if (!ids.has(id)) this.#counted.delete(id);
    for (const id of this.#made) if (!ids.has(id)) this.#made.delete(id);
    this.#notices.forgetGone(ids);
  }

  #tell(event: WithoutTime<ControlEvent>): void {
    this.#world.emit({ ...event, atMs: this.#world.clock.nowMs() } as ControlEvent);
  }
}

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;
