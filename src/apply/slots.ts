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
  /** Of the held ones those that nothing could use yet, by id: as long as anything starts, nobody looks at them. */
  readonly #patient = new Map<number, Step>();

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
    if (this.#hasRoom(step)) {
      this.#count(step.kind, 1);
      return true;
    }
    if (this.#isPatient(step)) this.#patient.set(step.id, step);
    else this.#hold(step);
    return false;
  }

  /** Asks again whether these are urgent, as far as they are held. */
  reconsider(ids: Iterable<number>): void {
    for (const id of ids) {
      const step = this.#patient.get(id);
      if (step === undefined || this.#isPatient(step)) continue;
      this.#patient.delete(id);
      this.#hold(step);
    }
  }

  /** Notes that a step has ended. Gives those that are held and for which there is room now, to be taken in order. */
  leave({ kind }: Step): Step[] {
    this.#count(kind, -1);
    const given: Step[] = [];
    for (const step of this.#heldInOrder()) {
      this.#count(step.kind, 1);
      given.push(step);
    }
    for (const step of given) {
      this.#count(step.kind, -1);
      this.#held.get(step.kind)?.delete(step);
      this.#patient.delete(step.id);
    }
    return given;
  }

  /** Those of kinds that have room, as long as they have it. */
  *#heldInOrder(): Generator<Step> {
    const held = [...this.#held].map(([kind, steps]) => queueOf(steps, () => this.#hasRoomFor(kind)));
    const patient = queueOf(
      this.#patient.values(),
      () => this.#hasRoomFor('create-container') && !this.#isStarting(),
    );
    const queues = [...held, patient];
    for (;;) {
      let first: (typeof queues)[number] | undefined;
      for (const queue of queues) {
        if (queue.next.done === true || !queue.hasRoom()) continue;
        if (first?.next.value === undefined || queue.next.value.id < first.next.value.id) first = queue;
      }
      if (first?.next.value === undefined) return;
      yield first.next.value;
      first.next = first.rest.next();
    }
  }

  #hasRoom(step: Step): boolean {
    if (!this.#hasRoomFor(step.kind)) return false;
    return !this.#isStarting() || !this.#isPatient(step);
  }

  #isPatient(step: Step): boolean {
    return step.kind === 'create-container' && !this.#isUrgent(step);
  }

  #isStarting(): boolean {
    return (this.#running.get('start-container') ?? 0) > 0;
  }

  #hold(step: Step): void {
    this.#held.set(step.kind, (this.#held.get(step.kind) ?? new Set()).add(step));
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

function queueOf(steps: Iterable<Step>, hasRoom: () => boolean) {
  const rest = steps[Symbol.iterator]();
  return { rest, next: rest.next(), hasRoom };
}
