import type { PassOutcome, WakeReason } from '../../model/control.js';
import type { StepKind } from '../../model/plan.js';
import type { ProgressEvent } from '../../model/progress.js';
import type { TransferEnd, TransferState } from '../../model/transfer.js';
import type { WatchDeed } from '../../model/watch-event.js';
import type { NoteDocument, PlanDocument, ReasonDocument } from '../../plan/text/plan-json.js';
import type { FailureFacts } from './failure-facts.js';

/** Raise it when a member changes its meaning or goes away; new members and kinds do not count. */
export const schemaVersion = 1;

/** The members of docker compose's `--progress json`; those that a document has are always the first. */
export interface ProgressWords {
  /** The resource: `Container app-web-1`; of a layer, the layer. */
  readonly id?: string;
  /** Of a layer: the id of its image. */
  readonly parent_id?: string;
  readonly status?: 'Working' | 'Done' | 'Warning' | 'Error';
  readonly text?: string;
  readonly details?: string;
  /** Bytes, of `total`. */
  readonly current?: number;
  readonly total?: number;
  readonly percent?: number;
}

/** A step without the containers, networks and files that it is made of. */
export interface EventStep {
  /** As in the plan. */
  readonly id: number;
  readonly kind: StepKind;
  /** What is done to what, for people. */
  readonly title: string;
  readonly service?: string;
  readonly container?: string;
  /** Those that are waited for. */
  readonly containers?: readonly string[];
  readonly network?: string;
  readonly volume?: string;
  /** Reference. */
  readonly image?: string;
  /** The container whose place the created one takes. */
  readonly replaces?: string;
  /** Not in what comes while the step goes on: its start told it. */
  readonly reason?: ReasonDocument;
}

/** What happens in a build; what it prints stands in `text`. */
export interface EventBuild {
  readonly kind: 'started' | 'ended' | 'bytes' | 'output' | 'warning';
  /** The same for all that belongs together. */
  readonly step: string;
  readonly name?: string;
  readonly outcome?: 'done' | 'cached' | 'failed' | 'cancelled';
  readonly durationMs?: number;
  readonly stream?: 'stdout' | 'stderr';
  /** Of a warning: its line in the Dockerfile, from 1. */
  readonly line?: number;
  readonly url?: string;
}

export interface StepCounts {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cancelled: number;
}

type OwnFacts<K extends ProgressEvent['kind']> = Omit<Extract<ProgressEvent, { kind: K }>, 'kind' | 'atMs'>;
type OnStep = { readonly step: EventStep };
type OfFiles = { readonly services: readonly string[]; readonly files: readonly string[] };

export type PassOutcomeDocument =
  | { readonly kind: Exclude<PassOutcome['kind'], 'changed' | 'drift' | 'failed'> }
  | { readonly kind: 'changed' | 'drift'; readonly plan: PlanDocument }
  | { readonly kind: 'failed'; readonly failure: FailureFacts; readonly retryInMs: number };

/** What each event tells beside its words. */
export interface EventFacts extends Record<ProgressEvent['kind'], object> {
  'plan-started': { readonly plan: PlanDocument };
  'step-started': OnStep;
  /** `transfer`: of pulls and pushes, all layers together; `failedProbes`: of the container that is waited for. */
  'step-progress': OnStep & { readonly transfer?: TransferState; readonly failedProbes?: number };
  'step-retry': OnStep & {
    readonly attempt: number;
    readonly waitMs: number;
    readonly failure: FailureFacts;
  };
  'build-progress': OnStep & { readonly build: EventBuild };
  'step-done': OnStep & { readonly warning?: string; readonly transfer?: TransferEnd };
  'step-failed': OnStep & { readonly failure: FailureFacts };
  'step-skipped': OnStep & { readonly because: number };
  'step-cancelled': OnStep;
  'plan-ended': { readonly project: string; readonly durationMs: number; readonly steps: StepCounts };
  'pass-started': OwnFacts<'pass-started'>;
  'pass-planned': { readonly reasons: readonly WakeReason[]; readonly plan: PlanDocument };
  'pass-ended': {
    readonly reasons: readonly WakeReason[];
    readonly outcome: PassOutcomeDocument;
    readonly durationMs: number;
  };
  'files-invalid': { readonly failure: FailureFacts };
  'files-valid': object;
  'container-held': OwnFacts<'container-held'>;
  'container-unhealthy': OwnFacts<'container-unhealthy'>;
  'engine-lost': OwnFacts<'engine-lost'>;
  'engine-back': object;
  'watch-note': OwnFacts<'watch-note'>;
  'watch-enabled': OwnFacts<'watch-enabled'>;
  'watch-disabled': object;
  'watch-acting': OfFiles & { readonly action: WatchDeed };
  'watch-acted': OwnFacts<'watch-acted'>;
  'watch-failed': OfFiles & { readonly action: WatchDeed | 'watch'; readonly failure: FailureFacts };
  'watch-exec-ended': {
    readonly service: string;
    readonly container: string;
    readonly exitCode: number;
  };
}

/** What is told and is no event: what a plan keeps, warnings, what commands without a plan do, and the last words. */
export interface OtherFacts {
  'plan-note': { readonly note: NoteDocument };
  warning: {
    readonly code?: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
    /** Of a plan: what it is about. */
    readonly note?: NoteDocument;
  };
  message: object;
  /** With `--verbose`: calls to the engine, and where errors come from. */
  debug: object;
  error: { readonly error: true } & FailureFacts;
}

type Facts = EventFacts & OtherFacts;
export type DocumentKind = keyof Facts;

interface DocumentHead<K> {
  readonly schemaVersion: typeof schemaVersion;
  readonly kind: K;
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** The same in ISO 8601, UTC. */
  readonly time: string;
}

/** One line of `--progress json`: schema/events.schema.json. */
export type DocumentOf<K extends DocumentKind> = ProgressWords & DocumentHead<K> & Facts[K];
export type ProgressDocument = { [K in DocumentKind]: DocumentOf<K> }[DocumentKind];

/** Words first: programs that know docker compose look there. */
export function documentOf<K extends DocumentKind>(
  kind: K,
  atMs: number,
  words: ProgressWords | Pick<DocumentOf<'error'>, 'error' | 'message'>,
  facts: Facts[K],
): ProgressDocument {
  const head = { schemaVersion, kind, atMs, time: new Date(atMs).toISOString() } as const;
  return { ...words, ...head, ...facts } as unknown as ProgressDocument;
}
