import { groupByEach } from '../model/group-by.js';
import type { Step } from '../model/plan.js';
import { looksOn } from './slots.js';

/**
 * What the steps of a plan still wait for. By counting: a step that comes after thousands is looked at each time that
 * one of them ends.
 */
export class Prerequisites {
  readonly #dependents: ReadonlyMap<number, readonly Step[]>;
  /** How many have not ended yet. */
  readonly #open = new Map<number, number>();
  /** How many of those look on, for whatever time. */
  readonly #openLooks = new Map<number, number>();
  /** The first that did not do what the step needs. */
  readonly #blockers = new Map<number, number>();

  constructor(steps: readonly Step[]) {
    this.#dependents = groupByEach(steps, prerequisitesOf);
    const lookingOn = new Set(steps.filter(looksOn).map(({ id }) => id));
    for (const step of steps) {
      const needed = prerequisitesOf(step);
      this.#open.set(step.id, needed.size);
      this.#openLooks.set(step.id, [...needed].filter((id) => lookingOn.has(id)).length);
    }
  }

  /** Steps that come after this one. */
  dependentsOf({ id }: Step): readonly Step[] {
    return this.#dependents.get(id) ?? [];
  }

  areMet({ id }: Step): boolean {
    return this.#open.get(id) === 0;
  }

  /** The step without whose success this one cannot be done, and that has ended without it. */
  blockerOf({ id }: Step): number | undefined {
    return this.#blockers.get(id);
  }

  /** Whether what needs this step need not look on for whatever time, as it does until others are healthy. */
  couldBeUsed(step: Step): boolean {
    return this.dependentsOf(step).every(({ id }) => this.#openLooks.get(id) === 0);
  }

  /** Notes that a step has ended. Gives the ids of steps of which `couldBeUsed` may say something else now. */
  end(step: Step, how: 'done' | 'lost'): Set<number> {
    const looked = looksOn(step);
    const affected = new Set<number>();
    for (const dependent of this.dependentsOf(step)) {
      const { id, after } = dependent;
      decrease(this.#open, id);
      if (how === 'lost' && !this.#blockers.has(id) && after.includes(step.id))
        this.#blockers.set(id, step.id);
      if (looked && decrease(this.#openLooks, id) === 0)
        for (const other of prerequisitesOf(dependent)) affected.add(other);
    }
    return affected;
  }
}

function prerequisitesOf({ after, afterSettled }: Step): Set<number> {
  return new Set([...after, ...afterSettled]);
}

function decrease(counts: Map<number, number>, id: number): number {
  const count = (counts.get(id) ?? 0) - 1;
  counts.set(id, count);
  return count;
}
