import type { Plan, Reason } from '../model/plan.js';
import { formatPlan } from '../plan/text/format-plan.js';
import { planJson } from '../plan/text/plan-json.js';
import type { CommandContext } from './command-context.js';
import { wantsJson } from './progress-mode.js';

/** Whether something would be done that would not be done again the next time. */
export function hasChanges({ steps, notes }: Plan): boolean {
  const isOnce = ({ kind }: Reason) => kind === 'stale' || kind === 'unknown-origin';
  return steps.length > 0 || notes.some((note) => note.kind === 'built-first' && isOnce(note.reason));
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

/** A plan for programs: schema/plan.schema.json describes it. */
export function planDocument(plan: Plan): string {
  return `${JSON.stringify(planJson(plan), undefined, 2)}\n`;
}

/** What a dry run answers: for programs where progress is for them, too. */
export function dryRunText(plan: Plan, context: CommandContext, ...words: DryRunWords): string {
  return wantsJson(context.io, context.globals) ? planDocument(plan) : planText(plan, context, ...words);
}

type DryRunWords = readonly [detail: 'changes' | 'everything', whenNothing?: string];
