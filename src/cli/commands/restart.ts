import { plan as planUpOf } from '../../compose.js';
import { driftOf, planRestartOf, restart, restartUpPolicy } from '../../lifecycle.js';
import type { RestartPolicy } from '../../plan/plan-restart.js';
import { UsageError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import type { RestartOptions } from '../options/restart-options.js';
import { dryRunText } from '../plan-text.js';
import { lookingSession } from '../sessions.js';
import { inSession, isDryRun, type Stack, showPlan, withStack } from '../with-stack.js';

export async function runRestart(
  context: CommandContext,
  named: string[],
  options: RestartOptions,
): Promise<number> {
  return withStack(context, named, async (stack) => {
    const { project, engine, source, services } = stack;
    if (options.apply === true && source === 'labels')
      throw new UsageError('restart --apply needs the Compose file: without it nothing says what to apply');
    const policy: RestartPolicy = {
      services,
      dependents: options.deps ? 'with-dependents' : 'without-dependents',
      timeoutSec: options.timeout,
    };
    const differences = source === 'labels' ? 'ignore' : options.apply === true ? 'apply' : 'report';
    if (!isDryRun(context, options))
      return inSession(context, engine, (session) => restart(project, policy, differences, session));
    if (differences === 'apply') return showApplied(context, stack, policy);
    const plan = await planRestartOf(project, policy, differences, lookingSession(context, engine));
    return showPlan(context, plan, 'there is no container to restart');
  });
}

/** Dry run of `--apply`: the plan of the recreation, then that of the restart of the rest. */
async function showApplied(
  context: CommandContext,
  { project, engine }: Stack,
  policy: RestartPolicy,
): Promise<number> {
  const session = lookingSession(context, engine);
  const drift = await driftOf(project, policy, session);
  const services = drift.map(({ service }) => service);
  if (services.length > 0) {
    const recreation = await planUpOf(project, restartUpPolicy(services, policy), session);
    context.io.stdout.write(dryRunText(recreation, context, 'changes'));
  }
  const fresh = new Set(drift.flatMap(({ containers }) => containers));
  const rest = await planRestartOf(project, policy, 'ignore', session, fresh);
  return showPlan(context, rest, 'there is no other container to restart');
}
