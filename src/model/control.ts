import type { Plan } from './plan.js';

/** Why the control loop looks at the project again. */
export type WakeReason =
  /** The loop has just begun. */
  | { readonly kind: 'begin' }
  | ContainerNews
  | {
      readonly kind: 'resource';
      readonly resource: 'network' | 'volume';
      readonly action: string;
      readonly name: string;
      /** The container that was connected or disconnected. */
      readonly containerId: string | undefined;
    }
  /** A file that loading read or looked for. */
  | { readonly kind: 'file'; readonly path: string }
  /** A back-off is over. */
  | { readonly kind: 'timer' }
  /** Events have stopped coming: the engine was restarted, or the connection is lost. */
  | { readonly kind: 'engine-lost'; readonly message: string; readonly atMs: number }
  /** They come again. */
  | { readonly kind: 'engine-back' };

/** Something happened to a container, in the engine's word: `die`, `destroy`, `health_status: unhealthy`… */
export interface ContainerNews {
  readonly kind: 'container';
  readonly action: string;
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** 1 for the first replica; undefined for one-offs. */
  readonly number: number | undefined;
  /** Number of the signal of a `kill`. */
  readonly unixSignal: number | undefined;
  /** Of a `die`. */
  readonly exitCode: number | undefined;
  readonly atMs: number;
}

/** What became of one pass of the loop. */
export type PassOutcome =
  /** Everything is as it should be, apart from what is told by events of its own. */
  | { readonly kind: 'settled' }
  /** The plan was carried out. */
  | { readonly kind: 'changed'; readonly plan: Plan }
  /** Something differs, and the loop was told to change nothing. */
  | { readonly kind: 'drift'; readonly plan: Plan }
  /** It could not be planned, or not all of the plan could be carried out; it is tried again. */
  | { readonly kind: 'failed'; readonly error: Error; readonly retryInMs: number }
  /** Nothing could be read: there is no project, or no engine. */
  | { readonly kind: 'skipped' }
  /** A person has taken the project down: the loop ends. */
  | { readonly kind: 'taken-down' };

/** Why the loop leaves a container as it is. */
export type HoldReason =
  /** Somebody has stopped it: it stays so until somebody starts it. */
  | { readonly kind: 'stopped-by-user' }
  /** The same, as far as exit code and restart policy tell: it ended before the loop began. */
  | { readonly kind: 'stopped-before'; readonly exitCode: number }
  | { readonly kind: 'paused' }
  /** It keeps on exiting. */
  | {
      readonly kind: 'crashed';
      readonly exitCode: number;
      /** 1 for the first time that it has to wait. */
      readonly attempt: number;
      readonly retryInMs: number;
    };
