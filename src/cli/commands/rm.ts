import { applyAll } from '../../compose.js';
import { planChange } from '../../lifecycle.js';
import type { Plan } from '../../model/plan.js';
import type { CommandContext } from '../command-context.js';
import { confirm } from '../confirm.js';
import { exitCode } from '../exit-codes.js';
import type { RmOptions } from '../options/rm-options.js';
import { inSession, isDryRun, showPlan, withStack } from '../with-stack.js';

/** Asks before anything happens, also before a stop: who says no finds everything as it was. */
export async function runRm(context: CommandContext, named: string[], options: RmOptions): Promise<number> {
  return withStack(context, named, async ({ project, engine, services }) => {
    const policy = {
      services,
      running: options.stop === true ? 'stop-and-remove' : 'keep',
      anonymousVolumes: options.volumes === true ? 'remove' : 'keep',
      timeoutSec: options.timeout,
    } as const;
    const plan = await planChange(project, { kind: 'remove', ...policy }, { engine });
    if (isDryRun(context, options)) return showPlan(context, plan, 'no container is stopped');
    const names = removedNames(plan);
    if (names.length === 0) {
      context.io.stderr.write('No stopped containers\n');
      return exitCode.ok;
    }
    const question = `Going to remove ${names.join(', ')}`;
    if (options.force === true) context.io.stdout.write(`${question}\n`);
    else if (!(await confirm(context.io, question))) return exitCode.ok;
    return inSession(context, engine, (session) => applyAll(plan, project, session));
  });
}

function removedNames({ steps }: Plan): string[] {
  return steps.flatMap((step) => (step.kind === 'remove-container' ? [step.container.name] : [])).sort();
}
