import { agreeTo } from '../../apply-agreed.js';
import { plan } from '../../compose.js';
import { withScale } from '../../graph/scale.js';
import { planJson } from '../../plan/text/plan-json.js';
import { withClientProxies } from '../client-proxies.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { PlanOptions } from '../options/plan-options.js';
import { writePlanFile } from '../plan-file.js';
import { hasChanges, planText } from '../plan-text.js';
import { lookingSession } from '../sessions.js';
import { checkUpOptions, upPolicy } from '../up-policy.js';

export async function runPlan(
  context: CommandContext,
  services: string[],
  options: PlanOptions,
): Promise<number> {
  checkUpOptions(context, options);
  const ignoredKeys = options.strict === true ? 'refuse' : 'warn';
  const { scale, output } = options;
  const project = withScale(await context.loadProject(services, ignoredKeys), scale);
  const asked = upPolicy(context, services, options);
  const policy = { ...asked, builds: await withClientProxies(asked.builds, context.io) };
  const engine = await context.connect();
  try {
    const planned = await plan(project, policy, lookingSession(context, engine));
    const detail = options.verbose === true ? 'everything' : 'changes';
    context.io.stdout.write(
      options.format === 'json'
        ? `${JSON.stringify(planJson(planned), undefined, 2)}\n`
        : planText(planned, context, detail),
    );
    if (output !== undefined) {
      const request = context.loadRequest(services, ignoredKeys);
      const agreed = agreeTo(planned, project);
      await writePlanFile(context, output, { plan: planned, request, policy: asked, agreed, scale });
      context.reporter.tell({ id: `Plan ${output}`, status: 'Done', text: 'Written' });
    }
    return hasChanges(planned) ? exitCode.changes : exitCode.ok;
  } finally {
    engine.close();
  }
}
