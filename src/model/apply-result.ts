import type { Step } from './plan.js';
import type { TransferEnd } from './transfer.js';

/** What became of each step of a plan, by step id. */
export interface ApplyResult {
  readonly outcomes: ReadonlyMap<number, StepOutcome>;
  /** Ids of the containers that were created, by step id. */
  readonly created: ReadonlyMap<number, string>;
  /** Variables that providers gave, by service. */
  readonly provided: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly durationMs: number;
}

export type StepOutcome =
  | {
      readonly status: 'done';
      readonly durationMs: number;
      readonly warning?: string;
      readonly transferred?: TransferEnd;
    }
  | { readonly status: 'failed'; readonly durationMs: number; readonly error: Error }
  /** `because`: the failed step that this one could not do without. */
  | { readonly status: 'skipped'; readonly because: number }
  | { readonly status: 'cancelled' };

export interface StepFailure {
  readonly step: Step;
  readonly error: Error;
}
