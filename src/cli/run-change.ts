import { applyAll } from '../compose.js';
import { type Change, planChange, verbOf } from '../lifecycle.js';
import type { CommandContext } from './command-context.js';
import { lookingSession } from './sessions.js';
import { inHold, isDryRun, type Stack, showPlan, withStack } from './with-stack.js';

/** What is particular to one command. */
export interface ChangeCommand {
  changeOf(stack: Stack): Change;
  /** What to say in a dry run when there is nothing to do. */
  readonly whenNothing: string;
  /** A line on stderr when there is nothing to do. */
  readonly complaint?: string;
}

/** Plans a change to the containers that are there, and shows the plan or carries it out. */
export function runChange(
  context: CommandContext,
  named: readonly string[],
  options: { readonly dryRun?: boolean },
  { changeOf, whenNothing, complaint }: ChangeCommand,
): Promise<number> {
  return withStack(context, named, async (stack) => {
    const { project, engine } = stack;
    const change = changeOf(stack);
    if (isDryRun(context, options)) {
      const plan = await planChange(project, change, lookingSession(context, engine));
      return showPlan(context, plan, whenNothing);
    }
    return inHold(context, stack, verbOf(change), async (session) => {
      const plan = await planChange(project, change, session);
      if (plan.steps.length === 0 && complaint !== undefined) context.say(complaint);
      await applyAll(plan, project, session);
    });
  });
}
