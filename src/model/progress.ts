import type { BuildProgress } from './build.js';
import type { HoldReason, PassOutcome, WakeReason } from './control.js';
import type { Plan, Step } from './plan.js';
import type { TransferEnd, TransferState } from './transfer.js';
import type { WatchEvent } from './watch-event.js';

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
      /** Of pulls and pushes: all layers together. */
      readonly inAll?: TransferState;
      /** Of waits: how many health checks of the container `part` have failed since its start. */
      readonly failedProbes?: number;
      readonly atMs: number;
    }
  /** It failed, and is tried again: `attempt` counts from 1, and `waitMs` is how long that waits. */
  | {
      readonly kind: 'step-retry';
      readonly step: Step;
      readonly attempt: number;
      readonly waitMs: number;
      readonly error: Error;
      readonly atMs: number;
    }
  /** From inside of a `build-image` step. */
  | {
      readonly kind: 'build-progress';
      readonly step: Step;
      readonly progress: BuildProgress;
      readonly atMs: number;
    }
  | {
      readonly kind: 'step-done';
      readonly step: Step;
      readonly warning: string | undefined;
      readonly transferred?: TransferEnd;
      readonly atMs: number;
    }
  | { readonly kind: 'step-failed'; readonly step: Step; readonly error: Error; readonly atMs: number }
  | { readonly kind: 'step-skipped'; readonly step: Step; readonly because: number; readonly atMs: number }
  | { readonly kind: 'step-cancelled'; readonly step: Step; readonly atMs: number }
  | { readonly kind: 'plan-ended'; readonly plan: Plan; readonly atMs: number }
  | ControlEvent
  | WatchEvent;

/** What the control loop tells beside the steps of its plans. */
export type ControlEvent =
  | { readonly kind: 'pass-started'; readonly reasons: readonly WakeReason[]; readonly atMs: number }
  /** It has found something to change and is about to do it. */
  | {
      readonly kind: 'pass-planned';
      readonly reasons: readonly WakeReason[];
      readonly plan: Plan;
      readonly atMs: number;
    }
  | {
      readonly kind: 'pass-ended';
      readonly reasons: readonly WakeReason[];
      readonly outcome: PassOutcome;
      readonly durationMs: number;
      readonly atMs: number;
    }
  /** Once for each set of problems. What runs stays as it is. */
  | { readonly kind: 'files-invalid'; readonly error: Error; readonly atMs: number }
  /** After `files-invalid`. */
  | { readonly kind: 'files-valid'; readonly atMs: number }
  /** Once for each container and run. */
  | {
      readonly kind: 'container-held';
      readonly container: string;
      readonly service: string;
      readonly why: HoldReason;
      readonly atMs: number;
    }
  /** Once each time that a container becomes unhealthy. `retryInMs`: how long the remedy waits because it did not last the last time. */
  | {
      readonly kind: 'container-unhealthy';
      readonly container: string;
      readonly service: string;
      readonly remedy: 'restart' | 'recreate' | 'notify';
      readonly retryInMs: number;
      readonly atMs: number;
    }
  | { readonly kind: 'engine-lost'; readonly message: string; readonly atMs: number }
  | { readonly kind: 'engine-back'; readonly atMs: number };

export type EmitProgress = (event: ProgressEvent) => void;
