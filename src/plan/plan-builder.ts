import type { Plan, PlanNote, Reason, Step, StepFields, StepKind } from '../model/plan.js';
import type { Diagnostic } from '../problems/diagnostic.js';

/** Collects the steps of one plan and gives them their numbers. Lives as long as one call of a planner. */
export class PlanBuilder {
  readonly #project: string;
  readonly #steps: Step[] = [];
  readonly #notes: PlanNote[] = [];
  readonly #problems: Diagnostic[] = [];
  #first: readonly number[] = [];

  constructor(project: string) {
    this.#project = project;
  }

  /** From now on, whatever waits for nothing waits for these. */
  begin(after: readonly number[]): void {
    this.#first = after;
  }

  /** Adds a step and returns its id. Undefined entries in `after` stand for "nothing to wait for". */
  add<K extends StepKind>(
    kind: K,
    fields: StepFields[K],
    about: {
      readonly reason: Reason;
      readonly after?: readonly (number | undefined)[];
      readonly afterSettled?: readonly (number | undefined)[];
      readonly service?: string;
    },
  ): number {
    const after = stepIds(about.after);
    const step = {
      kind,
      id: this.#steps.length + 1,
      after: after.length > 0 ? after : stepIds(this.#first),
      afterSettled: stepIds(about.afterSettled),
      reason: about.reason,
      service: about.service,
      ...fields,
    };
    // The mapped type cannot follow that K and StepFields[K] belong together.
    this.#steps.push(step as unknown as Step);
    return step.id;
  }

  note(note: PlanNote): void {
    this.#notes.push(note);
  }

  problem(problem: Diagnostic): void {
    this.#problems.push(problem);
  }

  /** What makes the plan impossible as things are; with one of these, nothing must be applied. */
  get problems(): readonly Diagnostic[] {
    return this.#problems;
  }

  finish(): Plan {
    return { project: this.#project, steps: this.#steps, notes: this.#notes };
  }
}

function stepIds(ids: readonly (number | undefined)[] = []): number[] {
  return [...new Set(ids.filter((id) => id !== undefined))].sort((a, b) => a - b);
}
