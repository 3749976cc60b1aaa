import { plan, up } from '../../compose.js';
import { withScale } from '../../graph/scale.js';
import { defaultUpPolicy, type UpPolicy } from '../../plan/policy.js';
import type { CommandContext } from '../command-context.js';
import type { ScaleOptions } from '../options/scale-options.js';
import { parseScale } from '../scale-arguments.js';
import { lookingSession } from '../sessions.js';
import { elsewherePolicy } from '../up-policy.js';
import { inSession, isDryRun, showPlan } from '../with-stack.js';

/** An `up` of the named services with these numbers of containers, which never builds. */
export async function runScale(
  context: CommandContext,
  args: string[],
  options: ScaleOptions,
): Promise<number> {
  const scale = parseScale(args);
  const services = [...scale.keys()];
  const project = withScale(await context.loadProject(services), scale);
  const policy: UpPolicy = {
    ...defaultUpPolicy,
    services,
    dependencies: options.deps ? 'with-dependencies' : 'without-dependencies',
    orphans: 'ignore',
    build: 'never',
    elsewhere: elsewherePolicy(context, options),
  };
  const engine = await context.connect();
  try {
    if (isDryRun(context, options)) {
      const planned = await plan(project, policy, lookingSession(context, engine));
      return showPlan(context, planned, 'there are as many containers as wanted');
    }
    return await inSession(context, engine, (session) => up(project, policy, session));
  } finally {
    engine.close();
  }
}
