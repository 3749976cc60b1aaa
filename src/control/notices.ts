import type { HoldReason, PassOutcome } from '../model/control.js';
import type { Plan } from '../model/plan.js';
import type { ControlEvent } from '../model/progress.js';
import { formatPlan } from '../plan/text/format-plan.js';
import type { Assessment } from './assess.js';

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'atMs'> : never;

/** What is said once, and not with every pass. */
export class Notices {
  readonly #emit: (event: WithoutTime<ControlEvent>) => void;
  /** Why each container is held, as it was said last. */
  readonly #held = new Map<string, string>();
  #problems = '';
  #drift = '';

  constructor(emit: (event: WithoutTime<ControlEvent>) => void) {
    this.#emit = emit;
  }

  filesInvalid(error: Error): void {
    const problems = problemsOf(error);
    if (problems === this.#problems) return;
    this.#problems = problems;
    this.#emit({ kind: 'files-invalid', error });
  }

  filesValid(): void {
    if (this.#problems === '') return;
    this.#problems = '';
    this.#emit({ kind: 'files-valid' });
  }

  tell({ held, unhealthy }: Assessment): void {
    const ids = new Set(held.map(({ container }) => container.id));
    for (const id of this.#held.keys()) if (!ids.has(id)) this.#held.delete(id);
    for (const { container, why } of held) {
      const words = wordsOf(why);
      if (this.#held.get(container.id) === words) continue;
      this.#held.set(container.id, words);
      this.#emit({ kind: 'container-held', container: container.name, service: container.service, why });
    }
    for (const { container, remedy, retryInMs } of unhealthy) {
      const { name, service } = container;
      this.#emit({ kind: 'container-unhealthy', container: name, service, remedy, retryInMs });
    }
  }

  /** The same difference is no news. */
  drift(plan: Plan): PassOutcome {
    const text = formatPlan(plan, () => '');
    if (text === this.#drift) return { kind: 'settled' };
    this.#drift = text;
    return { kind: 'drift', plan };
  }

  noDrift(): void {
    this.#drift = '';
  }

  forgetGone(ids: ReadonlySet<string>): void {
    for (const id of this.#held.keys()) if (!ids.has(id)) this.#held.delete(id);
  }
}

/** A crash is told at each step of its back-off. */
function wordsOf(why: HoldReason): string {
  return why.kind === 'crashed' ? `${why.kind} ${why.attempt}` : why.kind;
}

function problemsOf(error: Error): string {
  return 'diagnostics' in error ? JSON.stringify(error.diagnostics) : error.message;
}
