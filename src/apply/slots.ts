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

export function looksOn({ kind }: Step): boolean {
  return unlimited.has(kind);
}

/** Room for steps: those that find none are held, and asked back in the order of the plan. */
export class Slots {
  readonly #limits: StepLimits;
  readonly #isUrgent: (step: Step) => boolean;
  readonly #running = new Map<StepKind, number>();
  #runningInAll = 0;
  readonly #held = new Map<StepKind, Set<Step>>();

  /**
   * `isUrgent`: of a container that is to be made, whether it could start at once. Those that cannot are made while
   * others wait: they would only take the processor from what starts, and all wait for that.
   */
  constructor(limits: StepLimits, isUrgent: (step: Step) => boolean = () => true) {
    this.#limits = limits;
    this.#isUrgent = isUrgent;
  }

  /** False when there is no room: the step is held until `leave` gives it back. */
  take(step: Step): boolean {
    if (!this.#hasRoom(step)) {
      this.#held.set(step.kind, (this.#held.get(step.kind) ?? new Set()).add(step));
      return false;
    }
    this.#count(step.kind, 1);
    return true;
  }

  /** Notes that a step has ended. Gives those that are held and for which there is room now, to be taken in order. */
  leave({ kind }: Step): Step[] {
    this.#count(kind, -1);
    const given: Step[] = [];
    for (const step of this.#heldInOrder()) {
      if (!this.#hasRoom(step)) continue;
      this.#count(step.kind, 1);
      given.push(step);
    }
    for (const step of given) {
      this.#count(step.kind, -1);
      this.#held.get(step.kind)?.delete(step);
    }
    return given;
  }

  /** Those of kinds that have room, as long as they have it. */
  *#heldInOrder(): Generator<Step> {
    const queues = [...this.#held].map(([kind, steps]) => {
      const rest = steps.values();
      return { kind, rest, next: rest.next() };
    });
    for (;;) {
      let first: (typeof queues)[number] | undefined;
      for (const queue of queues) {
        if (queue.next.done === true || !this.#hasRoomFor(queue.kind)) continue;
        if (first?.next.value === undefined || queue.next.value.id < first.next.value.id) first = queue;
      }
      if (first?.next.value === undefined) return;
      yield first.next.value;
      first.next = first.rest.next();
    }
  }

  #hasRoom(step: Step): boolean {
    if (!this.#hasRoomFor(step.kind)) return false;
    if (step.kind !== 'create-container' || (this.#running.get('start-container') ?? 0) === 0) return true;
    return this.#isUrgent(step);
  }

  #hasRoomFor(kind: StepKind): boolean {
    if (unlimited.has(kind)) return true;
    const { ofKind, inAll = Number.POSITIVE_INFINITY } = this.#limits;
    return (this.#running.get(kind) ?? 0) < (ofKind[kind] ?? inAll) && this.#runningInAll < inAll;
  }

  #count(kind: StepKind, change: 1 | -1): void {
    this.#running.set(kind, (this.#running.get(kind) ?? 0) + change);
    if (!unlimited.has(kind)) this.#runningInAll += change;
  }
}
