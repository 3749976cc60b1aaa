import type { Plan } from '../model/plan.js';
import { formatPlan } from '../plan/text/format-plan.js';
import type { CommandContext } from './command-context.js';

/** Whether something would be done for sure: also a build of what has changed, though what follows is not known. */
export function hasChanges({ steps, notes }: Plan): boolean {
  return (
    steps.length > 0 || notes.some((note) => note.kind === 'built-first' && note.reason.kind === 'stale')
  );
}

/** A plan for people: with or without what is kept as it is; never empty. */
export function planText(
  plan: Plan,
  context: CommandContext,
  detail: 'changes' | 'everything',
  whenNothing = `project "${plan.project}" is as its files say`,
): string {
  const notes = detail === 'everything' ? plan.notes : plan.notes.filter((note) => note.kind !== 'kept');
  const text = formatPlan({ ...plan, notes }, context.showSpan);
  if (hasChanges(plan)) return `${text}\n`;
  return `${text === '' ? '' : `${text}\n`}nothing to do: ${whenNothing}\n`;
}
