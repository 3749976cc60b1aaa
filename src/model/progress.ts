import type { Plan, Step } from './plan.js';

/** What happens while a plan is carried out: facts, no prose. Times are milliseconds since 1970. */
export type ProgressEvent =
  | { readonly kind: 'plan-started'; readonly plan: Plan; readonly atMs: number }
  | { readonly kind: 'step-started'; readonly step: Step; readonly atMs: number }
  | {
      readonly kind: 'step-progress';
      readonly step: Step;
      readonly part: string;
      readonly status: string;
      readonly currentBytes: number | undefined;
      readonly totalBytes: number | undefined;
      readonly atMs: number;
    }
  | {
      readonly kind: 'step-done';
      readonly step: Step;
      readonly warning: string | undefined;
      readonly atMs: number;
    }
  | { readonly kind: 'step-failed'; readonly step: Step; readonly error: Error; readonly atMs: number }
  | { readonly kind: 'step-skipped'; readonly step: Step; readonly because: number; readonly atMs: number }
  | { readonly kind: 'step-cancelled'; readonly step: Step; readonly atMs: number }
  | { readonly kind: 'plan-ended'; readonly plan: Plan; readonly atMs: number };

export type EmitProgress = (event: ProgressEvent) => void;
