import { applyAll } from '../../compose.js';
import { planChange } from '../../lifecycle.js';
import type { Plan } from '../../model/plan.js';
import type { CommandContext } from '../command-context.js';
import { confirm } from '../confirm.js';
import type { RmOptions } from '../options/rm-options.js';
import { lookingSession } from '../sessions.js';
import { inHold, isDryRun, showPlan, withStack } from '../with-stack.js';

/** Asks before anything happens, also before a stop: who says no finds everything as it was. */
export async function runRm(context: CommandContext, named: string[], options: RmOptions): Promise<number> {
  return withStack(context, named, async (stack) => {
    const { project, engine, services } = stack;
    const policy = {
      services,
      running: options.stop === true ? 'stop-and-remove' : 'keep',
      anonymousVolumes: options.volumes === true ? 'remove' : 'keep',
      timeoutSec: options.timeout,
    } as const;
    const change = { kind: 'remove', ...policy } as const;
    if (isDryRun(context, options)) {
      const plan = await planChange(project, change, lookingSession(context, engine));
      return showPlan(context, plan, 'no container is stopped');
    }
    return inHold(context, stack, 'rm', async (session) => {
      const plan = await planChange(project, change, session);
      if (await isWanted(context, plan, options)) await applyAll(plan, project, session);
    });
  });
}

/** The answer is about these very containers: nobody else changes them meanwhile. */
async function isWanted(context: CommandContext, plan: Plan, options: RmOptions): Promise<boolean> {
  const { io } = context;
  const names = removedNames(plan);
  if (names.length === 0) {
    context.say('No stopped containers');
    return false;
  }
  const question = `Going to remove ${names.join(', ')}`;
  if (options.force !== true) return confirm(io, question);
  io.stdout.write(`${question}\n`);
  return true;
}

function removedNames({ steps }: Plan): string[] {
  return steps.flatMap((step) => (step.kind === 'remove-container' ? [step.container.name] : [])).sort();
}
