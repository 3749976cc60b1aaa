import { applyAll, planDownOf } from '../../compose.js';
import type { DownPolicy } from '../../plan/down-policy.js';
import { UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import type { DownOptions } from '../options/down-options.js';
import { lookingSession } from '../sessions.js';
import { inHold, isDryRun, type Stack, showPlan, withStack } from '../with-stack.js';

export async function runDown(
  context: CommandContext,
  named: string[],
  options: DownOptions,
): Promise<number> {
  const images = imagePolicy(options.rmi);
  return withStack(context, named, async (stack) => {
    const { project, engine } = stack;
    const policy = downPolicy(context, stack, options, images);
    if (isDryRun(context, options)) {
      const plan = await planDownOf(project, policy, lookingSession(context, engine));
      return showPlan(context, plan, `project "${project.name}" has nothing to remove`);
    }
    return inHold(context, stack, 'down', async (session) => {
      const plan = await planDownOf(project, policy, session);
      if (plan.steps.length === 0)
        context.reporter.warn(`no resource found to remove for project "${project.name}"`);
      await applyAll(plan, project, session);
    });
  });
}

function downPolicy(
  context: CommandContext,
  { services, source }: Stack,
  options: DownOptions,
  images: DownPolicy['images'],
): DownPolicy {
  // Where only labels are known, nobody is an orphan, and everything goes.
  const removesOrphans =
    options.removeOrphans ?? (source === 'labels' || context.isSwitchedOn('COMPOSE_REMOVE_ORPHANS'));
  return {
    services,
    orphans: removesOrphans ? 'remove' : 'keep',
    volumes: options.volumes === true ? 'remove' : 'keep',
    images,
    stopTimeoutSec: options.timeout,
    whenInUse: options.strict === true ? 'fail' : 'keep',
  };
}

/** The word of `--rmi`. Throws UsageError for any other. */
export function imagePolicy(word: string | undefined): DownPolicy['images'] {
  if (word === undefined) return 'keep';
  if (word === 'local' || word === 'all') return word;
  throw new UsageError(`invalid value for --rmi: "${word}"`, { hint: 'local or all' });
}
