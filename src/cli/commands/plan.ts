import { plan } from '../../compose.js';
import { planJson } from '../../plan/plan-json.js';
import { defaultUpPolicy, type UpPolicy } from '../../plan/policy.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { PlanOptions } from '../options/plan-options.js';
import { planText } from '../plan-text.js';
import { orphanPolicy } from '../up-policy.js';

export async function runPlan(
  context: CommandContext,
  services: string[],
  options: PlanOptions,
): Promise<number> {
  const project = await context.loadProject(services, options.strict === true ? 'refuse' : 'warn');
  const engine = await context.connect();
  try {
    const policy: UpPolicy = {
      ...defaultUpPolicy,
      services,
      dependencies: options.deps ? 'with-dependencies' : 'without-dependencies',
      recreate: options.forceRecreate === true ? 'force' : 'diverged',
      orphans: orphanPolicy(context, options),
    };
    const planned = await plan(project, policy, { engine, clock: context.io.clock });
    if (options.json === true)
      context.io.stdout.write(`${JSON.stringify(planJson(planned), undefined, 2)}\n`);
    else
      context.io.stdout.write(
        planText(planned, context, options.verbose === true ? 'everything' : 'changes'),
      );
    return planned.steps.length === 0 ? exitCode.ok : exitCode.changes;
  } finally {
    engine.close();
  }
}
