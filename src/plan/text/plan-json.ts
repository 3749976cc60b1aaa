import type { FieldChange, Plan, PlanNote, Reason, Step, StepKind } from '../../model/plan.js';
import { redactChange } from '../../model/redact.js';
import { stepTitle } from './step-title.js';

/** Raise it when a member changes its meaning or goes away; new members do not count. */
const schemaVersion = 1;

/** A change of an attribute; values that may be secret are redacted. */
export interface ChangeDocument {
  readonly path: string;
  /** null: was not there, or is not known. */
  readonly old: string | null;
  readonly isOldKnown: boolean;
  /** null: is not there any more. */
  readonly new: string | null;
  /** Where the new value is written. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

type WithChangeDocuments<T> = T extends { readonly changes: readonly FieldChange[] }
  ? Omit<T, 'changes'> & { readonly changes: readonly ChangeDocument[] }
  : T;

export type ReasonDocument = WithChangeDocuments<Reason>;
export type NoteDocument = WithChangeDocuments<PlanNote>;

export interface StepDocument {
  readonly id: number;
  readonly kind: StepKind;
  /** What is done to what, for people. */
  readonly title: string;
  readonly after: readonly number[];
  readonly afterSettled: readonly number[];
  readonly service: string | undefined;
  /** The container whose place the created one takes. */
  readonly replaces: string | undefined;
  readonly reason: ReasonDocument;
}

export interface PlanDocument {
  readonly schemaVersion: typeof schemaVersion;
  readonly project: string;
  readonly steps: readonly StepDocument[];
  readonly notes: readonly NoteDocument[];
}

/** A plan for scripts. Values that may be secret are redacted, as everywhere. */
export function planJson(plan: Plan): PlanDocument {
  return {
    schemaVersion,
    project: plan.project,
    steps: plan.steps.map(stepJson),
    notes: plan.notes.map(noteJson),
  };
}

export function stepJson(step: Step): StepDocument {
  return {
    id: step.id,
    kind: step.kind,
    title: stepTitle(step),
    after: step.after,
    afterSettled: step.afterSettled,
    service: step.service,
    replaces: step.kind === 'create-container' ? step.replaces : undefined,
    reason: reasonJson(step.reason),
  };
}

function reasonJson(reason: Reason): ReasonDocument {
  return 'changes' in reason ? { kind: reason.kind, changes: changesJson(reason.changes) } : reason;
}

export function noteJson(note: PlanNote): NoteDocument {
  return 'changes' in note ? { ...note, changes: changesJson(note.changes) } : note;
}

function changesJson(changes: readonly FieldChange[]): ChangeDocument[] {
  return changes.map((change) => {
    const { oldText, newText } = redactChange(change);
    return {
      path: change.path,
      old: change.isOldKnown && change.oldValue !== undefined ? oldText : null,
      isOldKnown: change.isOldKnown,
      new: change.newValue === undefined ? null : newText,
      file: change.span?.file,
      line: change.span?.line,
      column: change.span?.column,
    };
  });
}
