import { tooOldText } from '../../model/engine-requirements.js';
import { imageLeftText } from '../../model/image-left.js';
import type { Plan, PlanNote, Reason, Step } from '../../model/plan.js';
import { redactChange } from '../../model/redact.js';
import { visibleText } from '../../model/visible-text.js';
import { differenceText } from '../build/build-inputs.js';
import { reasonText } from './reason-text.js';
import { stepTitle } from './step-title.js';

/** How to show a place in a file; usually relative to where the person stands. */
export type ShowSpan = (span: NonNullable<ChangeSpan>) => string;
type ChangeSpan = Extract<Reason, { kind: 'changed' }>['changes'][number]['span'];

/**
 * A plan as text: one line a step with what it waits for and why, below it each changed attribute with old and new
 * value and the place of the new one. `tscompose plan`, the dry run, golden tests and bug reports share it.
 */
export function formatPlan(plan: Plan, showSpan: ShowSpan): string {
  const rows = plan.steps.map((step) =>
    [`#${step.id} ${stepTitle(step)}`, afterText(step), reasonText(step.reason)].map(visibleText),
  );
  const widths = [0, 1].map((column) => longestOf(rows.map((row) => row[column] ?? '')));
  const lines = plan.steps.flatMap((step, index) => {
    const [title = '', after = '', reason = ''] = rows[index] ?? [];
    const line = `${title.padEnd(widths[0] ?? 0)}  ${after.padEnd(Math.min(widths[1] ?? 0, widestAfter))}  ${reason}`;
    return [`${line}${replacesText(step)}`.trimEnd(), ...changeLines(step.reason, showSpan)];
  });
  return [...lines, ...plan.notes.flatMap((note) => noteLines(note, showSpan))].map(visibleText).join('\n');
}

/** A step that comes after thousands must not make every line as long as its own. */
const widestAfter = 40;

function longestOf(texts: readonly string[]): number {
  return texts.reduce((longest, { length }) => Math.max(longest, length), 0);
}

function afterText(step: Step): string {
  const settled = step.afterSettled.map((id) => `${id}?`);
  const ids = [...step.after.map(String), ...settled];
  return ids.length === 0 ? '' : `after ${ids.join(',')}`;
}

function replacesText(step: Step): string {
  return step.kind === 'create-container' && step.replaces !== undefined
    ? `  [recreate ${step.replaces}]`
    : '';
}

function changeLines(reason: Reason, showSpan: ShowSpan): string[] {
  if (!('changes' in reason)) return [];
  return reason.changes.map((change) => {
    const { oldText, newText } = redactChange(change);
    const place = change.span === undefined ? '' : `  (${showSpan(change.span)})`;
    return `     ${change.path}: ${oldText} → ${newText}${place}`;
  });
}

function noteLines(note: PlanNote, showSpan: ShowSpan): string[] {
  switch (note.kind) {
    case 'kept':
      return [`= ${note.resource} ${note.name}  unchanged`];
    case 'pulled-first':
      return [
        note.need === 'optional'
          ? `! image ${note.reference}  is pulled first (${reasonText(note.reason)}), and built if no registry has it`
          : `! image ${note.reference}  is pulled first (${reasonText(note.reason)}): what comes may change more`,
      ];
    case 'built-first':
      return [
        `! image ${note.reference}  is built first (${reasonText(note.reason)}): another image may change more`,
      ];
    case 'image-stale':
      return [
        `! image ${note.reference}  is not what the files make now (${note.differences.map(differenceText).join(', ')}); up --build=stale builds it`,
      ];
    case 'image-left':
      return [`= image ${note.reference}  is not ${note.action}ed: ${imageLeftText(note.why)}`];
    case 'model-first':
      return [
        `! model ${note.key}  is made ready first (${note.model}): the variables that it gives may change more`,
      ];
    case 'provider-first':
      return [
        `! service ${note.service}  its provider ${note.type} runs first: the variables that it gives may change more`,
      ];
    case 'orphans':
      return note.names.map(
        (name) => `! container ${name}  orphan: its service is not in the files; --remove-orphans removes it`,
      );
    case 'instance': {
      const what = `= instance ${note.name}  of project ${note.project}`;
      if (note.ports.length === 0) return [what];
      return note.ports.map(
        ({ service, target, written, published }) =>
          `${what}: ${service} ${target} is on ${published} instead of ${written}`,
      );
    }
    case 'limits-unchecked':
      return [
        `! ${note.containers} containers  not looked into for limits that somebody changed: --verify does`,
      ];
    case 'moved':
      return note.names.map((name) => `! container ${name}  was made from ${note.files}, which is gone`);
    case 'adopted':
      return note.names.map((name) => `! container ${name}  was made from ${note.files}, and is taken over`);
    case 'other-files':
      return note.names.map((name) => `! container ${name}  is left alone: ${note.files} made it`);
    case 'needs-newer-engine':
      return [
        `! ${note.key}  ${tooOldText(note)}${note.span === undefined ? '' : `  (${showSpan(note.span)})`}`,
      ];
    case 'foreign-network':
      return [`! network ${note.name}  belongs to ${note.project}, and is as the files say: it is shared`];
    case 'service-differs':
      return [
        `! service ${note.service}  differs from the files; a restart changes nothing of it`,
        ...changeLines({ kind: 'changed', changes: note.changes }, showSpan),
      ];
    case 'foreign-volume':
      return [
        `! volume ${note.name}  belongs to ${note.project ?? 'nobody we know'}; it is used as it is`,
        ...changeLines({ kind: 'changed', changes: note.changes }, showSpan),
      ];
    case 'volume-differs':
      return [
        `! volume ${note.name}  differs from the files and is left alone: making it anew would destroy its data`,
        ...changeLines({ kind: 'changed', changes: note.changes }, showSpan),
      ];
  }
}
