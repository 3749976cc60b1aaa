import { agreeTo } from '../../apply-agreed.js';
import { plan } from '../../compose.js';
import { withScale } from '../../graph/scale.js';
import { given } from '../../model/given.js';
import { withClientProxies } from '../client-proxies.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import type { PlanOptions } from '../options/plan-options.js';
import { writePlanFile } from '../plan-file.js';
import { hasChanges, planDocument, planText } from '../plan-text.js';
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
      options.format === 'json' ? planDocument(planned) : planText(planned, context, detail),
    );
    if (output !== undefined) {
      // By its name, whatever variables say where the plan is carried out.
      const instance = given({ instance: project.instance?.name });
      const request = { ...context.loadRequest(services, ignoredKeys), ...instance };
      const agreed = agreeTo(planned, project);
      await writePlanFile(context, output, { plan: planned, request, policy: asked, agreed, scale });
      context.reporter.tell({ id: `Plan ${output}`, status: 'Done', text: 'Written' });
    }
    return hasChanges(planned) ? exitCode.changes : exitCode.ok;
  } finally {
    engine.close();
  }
}
