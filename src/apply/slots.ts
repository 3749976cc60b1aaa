import type { Step, StepKind } from '../model/plan.js';

/** How many steps may run at once. */
export interface StepLimits {
  /** A kind that is not named has no limit of its own. */
  readonly ofKind: Partial<Record<StepKind, number>>;
  /** Of all kinds together; undefined: no such limit. */
  readonly inAll: number | undefined;
}

/**
 * What the engine does while we look on: how long it takes is up to programs that may need other containers first. As
 * part of a limit they could keep out the very steps that they are waiting for.
 */
const unlimited: ReadonlySet<StepKind> = new Set(['wait', 'run-hook', 'run-pre-start', 'run-provider']);

/** Room for steps: those that find none are held, and asked back in the order of the plan. */
export class Slots {
  readonly #limits: StepLimits;
  readonly #running = new Map<StepKind, number>();
  #runningInAll = 0;
  readonly #held = new Map<StepKind, Set<Step>>();

  constructor(limits: StepLimits) {
    this.#limits = limits;
  }

  /** False when there is no room: the step is held until `leave` gives it back. */
  take(step: Step): boolean {
    if (!this.#hasRoom(step.kind)) {
      this.#held.set(step.kind, (this.#held.get(step.kind) ?? new Set()).add(step));
      return false;
    }
    this.#count(step.kind, 1);
    return true;
  }

  /** Gives the place of a step that has ended to the first of those that are held for which there is room now. */
  leave({ kind }: Step): Step[] {
    this.#count(kind, -1);
    const first = [...this.#held]
      .flatMap(([heldKind, [step]]) => (step !== undefined && this.#hasRoom(heldKind) ? [step] : []))
      .sort((a, b) => a.id - b.id)[0];
    if (first === undefined) return [];
    this.#held.get(first.kind)?.delete(first);
    return [first];
  }

  #hasRoom(kind: StepKind): boolean {
    if (unlimited.has(kind)) return true;
    const { ofKind, inAll = Number.POSITIVE_INFINITY } = this.#limits;
    return (this.#running.get(kind) ?? 0) < (ofKind[kind] ?? inAll) && this.#runningInAll < inAll;
  }

  #count(kind: StepKind, change: 1 | -1): void {
    this.#running.set(kind, (this.#running.get(kind) ?? 0) + change);
    if (!unlimited.has(kind)) this.#runningInAll += change;
  }
}
