import type { Engine } from '../engine/engine.js';
import type { ApplyResult, StepOutcome } from '../model/apply-result.js';
import type { BuildPlaces } from '../model/build-places.js';
import type { Clock } from '../model/clock.js';
import type { HostPrograms } from '../model/host-programs.js';
import type { Patience } from '../model/patience.js';
import type { Plan, Step } from '../model/plan.js';
import type { EmitProgress, ProgressEvent } from '../model/progress.js';
import type { HideSecrets } from '../model/secret-values.js';
import { hideNothing } from '../model/secret-values.js';
import { CancelledError } from '../problems/errors.js';
import type { ContainerWatch } from './container-watch.js';
import { hideInBuild, hideInError } from './hide-secrets.js';
import { Prerequisites } from './prerequisites.js';
import { runStep } from './run-step.js';
import { Slots, type StepLimits } from './slots.js';
import type { StepEffect } from './step-context.js';

export interface ApplyOptions {
  readonly clock: Clock;
  readonly emit: EmitProgress;
  /** Aborts calls in flight. */
  readonly signal?: AbortSignal | undefined;
  /** Starts no more steps and ends waits, but lets calls in flight end. */
  readonly drain?: AbortSignal | undefined;
  /** How many calls to the engine run at once, of whatever kind; undefined: what is best for each kind. */
  readonly maxParallel?: number | undefined;
  /** For services that a provider stands for. */
  readonly programs?: HostPrograms | undefined;
  /** Between attempts with a registry; undefined: with the time of this machine. */
  readonly patience?: Patience | undefined;
  /** What builds read. */
  readonly buildPlaces?: BuildPlaces | undefined;
  /** Takes secrets out of what engines, programs and containers say; undefined: nobody knows any. */
  readonly hide?: HideSecrets | undefined;
}

type RunOptions = ApplyOptions & { readonly signal: AbortSignal; readonly limits: StepLimits };

/** The run of one plan: which steps wait, run and have ended. */
export class Schedule {
  readonly #plan: Plan;
  readonly #engine: Engine;
  readonly #watch: ContainerWatch;
  readonly #options: RunOptions;
  readonly #slots: Slots;
  readonly #outcomes = new Map<number, StepOutcome>();
  readonly #created = new Map<number, string>();
  readonly #provided = new Map<string, ReadonlyMap<string, string>>();
  /** Not started yet, by id. */
  readonly #waiting: Map<number, Step>;
  readonly #prerequisites: Prerequisites;
  readonly #leaving: ReadonlySet<string>;
  readonly #ended = deferred();
  /** Ends the waits of `--wait`: once something has failed, nobody needs to know how the others are. */
  readonly #giveUp = new AbortController();

  constructor(plan: Plan, engine: Engine, watch: ContainerWatch, options: RunOptions) {
    this.#plan = plan;
    this.#engine = engine;
    this.#watch = watch;
    this.#options = options;
    this.#slots = new Slots(options.limits, (step) => this.#prerequisites.couldBeUsed(step));
    this.#waiting = new Map(plan.steps.map((step) => [step.id, step]));
    this.#prerequisites = new Prerequisites(plan.steps);
    this.#leaving = leavingContainers(plan.steps);
  }

  async run(): Promise<ApplyResult> {
    const startedAtMs = this.#options.clock.nowMs();
    const wake = () => this.#advance(this.#waiting.values());
    this.#options.drain?.addEventListener('abort', wake);
    this.#options.signal.addEventListener('abort', wake);
    try {
      this.#advance(this.#plan.steps);
      await this.#ended.promise;
    } finally {
      this.#options.drain?.removeEventListener('abort', wake);
      this.#options.signal.removeEventListener('abort', wake);
    }
    const durationMs = this.#options.clock.nowMs() - startedAtMs;
    return { outcomes: this.#outcomes, created: this.#created, provided: this.#provided, durationMs };
  }

  /** Starts or settles what can be of these steps and of all that follows from it; the run ends when nothing is left. */
  #advance(candidates: Iterable<Step>): void {
    const queue = [...candidates];
    // It grows on the way: whoever needs a settled step comes in turn.
    for (const step of queue) {
      if (!this.#waiting.has(step.id) || !this.#consider(step)) continue;
      for (const dependent of this.#prerequisites.dependentsOf(step)) queue.push(dependent);
    }
    if (this.#outcomes.size === this.#plan.steps.length) this.#ended.resolve();
  }

  /** True when the step has been settled without being started. */
  #consider(step: Step): boolean {
    const blocker = this.#prerequisites.blockerOf(step);
    if (this.#isDraining() || blocker !== undefined || (this.#giveUp.signal.aborted && isOnlyLooking(step))) {
      this.#settle(step, blocker === undefined ? { status: 'cancelled' } : this.#lossOf(blocker));
      return true;
    }
    if (!this.#prerequisites.areMet(step) || !this.#slots.take(step)) return false;
    this.#waiting.delete(step.id);
    this.#execute(step).catch((error: unknown) => this.#ended.reject(error));
    return false;
  }

  async #execute(step: Step): Promise<void> {
    const { clock, emit } = this.#options;
    const startedAtMs = clock.nowMs();
    emit({ kind: 'step-started', step, atMs: startedAtMs });
    const outcome = await this.#attempt(step, startedAtMs);
    this.#settle(step, outcome);
    this.#advance([...this.#slots.leave(step), ...this.#prerequisites.dependentsOf(step)]);
  }

  async #attempt(step: Step, startedAtMs: number): Promise<StepOutcome> {
    const { clock, emit, signal, drain, hide = hideNothing } = this.#options;
    const duration = () => clock.nowMs() - startedAtMs;
    try {
      const effect: StepEffect = await runStep(step, {
        engine: this.#engine,
        watch: this.#watch,
        project: this.#plan.project,
        programs: this.#options.programs,
        buildPlaces: this.#options.buildPlaces,
        patience: this.#options.patience,
        created: this.#created,
        leaving: this.#leaving,
        signal,
        drain: isOnlyLooking(step) ? anyOf(drain, this.#giveUp.signal) : drain,
        emitBuild: (told) =>
          emit({ kind: 'build-progress', step, progress: hideInBuild(told, hide), atMs: clock.nowMs() }),
        emitRetry: (retry) => {
          hideInError(retry.error, hide);
          emit({ kind: 'step-retry', step, ...retry, atMs: clock.nowMs() });
        },
        emitPart: (part) =>
          emit({ kind: 'step-progress', step, ...part, status: hide(part.status), atMs: clock.nowMs() }),
      });
      if (effect.createdId !== undefined) this.#created.set(step.id, effect.createdId);
      if (effect.provided !== undefined)
        this.#provided.set(effect.provided.source, effect.provided.variables);
      const { warning, transferred } = effect;
      return {
        status: 'done',
        durationMs: duration(),
        ...(warning === undefined ? {} : { warning: hide(warning) }),
        ...(transferred === undefined ? {} : { transferred }),
      };
    } catch (error) {
      if (error instanceof CancelledError || signal.aborted) return { status: 'cancelled' };
      hideInError(error, hide);
      return {
        status: 'failed',
        durationMs: duration(),
        error: error instanceof Error ? error : new Error(String(error)),
      };
    }
  }

  #settle(step: Step, outcome: StepOutcome): void {
    this.#waiting.delete(step.id);
    this.#outcomes.set(step.id, outcome);
    this.#slots.reconsider(this.#prerequisites.end(step, outcome.status === 'done' ? 'done' : 'lost'));
    if (outcome.status === 'failed') this.#giveUp.abort();
    this.#options.emit(settledEvent(step, outcome, this.#options.clock.nowMs()));
  }

  #isDraining(): boolean {
    return this.#options.signal.aborted || this.#options.drain?.aborted === true;
  }

  /** Whoever needs a skipped step is skipped because of the same failure. */
  #lossOf(id: number): StepOutcome {
    const outcome = this.#outcomes.get(id);
    if (outcome?.status === 'skipped') return outcome;
    return outcome?.status === 'cancelled' ? outcome : { status: 'skipped', because: id };
  }
}

/** A wait that no other step is there for: a person asked for it. */
function isOnlyLooking(step: Step): boolean {
  return step.kind === 'wait' && step.reason.kind === 'requested';
}

function anyOf(first: AbortSignal | undefined, second: AbortSignal): AbortSignal {
  return first === undefined ? second : AbortSignal.any([first, second]);
}

function settledEvent(step: Step, outcome: StepOutcome, atMs: number): ProgressEvent {
  switch (outcome.status) {
    case 'done':
      return {
        kind: 'step-done',
        step,
        warning: outcome.warning,
        ...(outcome.transferred === undefined ? {} : { transferred: outcome.transferred }),
        atMs,
      };
    case 'failed':
      return { kind: 'step-failed', step, error: outcome.error, atMs };
    case 'skipped':
      return { kind: 'step-skipped', step, because: outcome.because, atMs };
    case 'cancelled':
      return { kind: 'step-cancelled', step, atMs };
  }
}

function leavingContainers(steps: readonly Step[]): Set<string> {
  return new Set(
    steps.flatMap((step) =>
      step.kind === 'remove-container' && step.container.kind === 'existing' ? [step.container.id] : [],
    ),
  );
}

interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

function deferred(): Deferred {
  let resolve = () => {};
  let reject: Deferred['reject'] = () => {};
  const promise = new Promise<void>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
