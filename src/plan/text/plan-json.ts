import type { Plan, PlanNote, Reason, Step } from '../../model/plan.js';
import { redactChange } from '../../model/redact.js';
import { stepTitle } from './step-title.js';

/** Raise it when a member changes its meaning or goes away; new members do not count. */
const schemaVersion = 1;

/** A plan for scripts. Values that may be secret are redacted, as everywhere. */
export function planJson(plan: Plan): unknown {
  return {
    schemaVersion,
    project: plan.project,
    steps: plan.steps.map((step) => ({
      id: step.id,
      kind: step.kind,
      title: stepTitle(step),
      after: step.after,
      afterSettled: step.afterSettled,
      service: step.service,
      replaces: replacesOf(step),
      reason: reasonJson(step.reason),
    })),
    notes: plan.notes.map(noteJson),
  };
}

function replacesOf(step: Step): string | undefined {
  return step.kind === 'create-container' ? step.replaces : undefined;
}

function reasonJson(reason: Reason): unknown {
  return 'changes' in reason ? { kind: reason.kind, changes: changesJson(reason.changes) } : reason;
}

function noteJson(note: PlanNote): unknown {
  return 'changes' in note ? { ...note, changes: changesJson(note.changes) } : note;
}

function changesJson(changes: Extract<Reason, { kind: 'changed' }>['changes']): unknown {
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
