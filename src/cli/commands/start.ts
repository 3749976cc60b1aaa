import { applyChange, planChange } from '../../lifecycle.js';
import { UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import type { StartOptions } from '../options/start-options.js';
import { lookingSession } from '../sessions.js';
import { withTimeLimit } from '../time-limit.js';
import { inSession, isDryRun, showPlan, withStack } from '../with-stack.js';

export async function runStart(
  context: CommandContext,
  named: string[],
  options: StartOptions,
): Promise<number> {
  if ((options.waitTimeout ?? 0) < 0) throw new UsageError('--wait-timeout must be a non-negative integer');
  return withStack(
    context,
    named,
    async (stack) => {
      const { project, engine, source, services } = stack;
      if (source === 'labels' && project.services.size === 0)
        throw new UsageError(`no container found for project "${project.name}": not found`, {
          code: 'engine/no-container',
          hint: 'make and start them with "up -d", where their Compose file is',
        });
      const wait = options.wait === true ? 'running-or-healthy' : 'none';
      const change = { kind: 'start', services, wait } as const;
      if (isDryRun(context, options)) {
        const plan = await planChange(project, change, lookingSession(context, engine));
        return showPlan(context, plan, 'everything runs already');
      }
      return inSession(context, engine, (session) =>
        withTimeLimit(options.waitTimeout, session, (limited) => applyChange(project, change, limited)),
      );
    },
    'is-a-failure',
  );
}
