import { down, planDownOf, type Session } from '../../compose.js';
import type { DownPolicy } from '../../plan/plan-down.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProject } from '../find-project.js';
import { withInterrupts } from '../interrupts.js';
import type { DownOptions } from '../options/down-options.js';
import { planText } from '../plan-text.js';

export async function runDown(
  context: CommandContext,
  services: string[],
  options: DownOptions,
): Promise<number> {
  const engine = await context.connect();
  try {
    const project = await findProject(context, engine);
    const isByName = project.configFiles.length === 0 || context.isByName();
    const policy: DownPolicy = {
      services,
      orphans:
        options.removeOrphans === true || isByName || context.isSwitchedOn('COMPOSE_REMOVE_ORPHANS')
          ? 'remove'
          : 'keep',
      volumes: options.volumes === true ? 'remove' : 'keep',
      stopTimeoutSec: options.timeout,
    };
    if (options.dryRun === true || context.globals.dryRun === true) {
      const plan = await planDownOf(project, policy, { engine });
      const nothing = `project "${project.name}" has nothing to remove`;
      context.io.stdout.write(planText(plan, context, 'changes', nothing));
      return exitCode.ok;
    }
    return await withInterrupts(context.io, async (interrupts) => {
      const emit = context.reporter.report.bind(context.reporter);
      const session: Session = { engine, clock: context.io.clock, emit, ...interrupts };
      const { outcomes } = await down(project, policy, session);
      if (outcomes.size === 0)
        context.reporter.warn(`no resource found to remove for project "${project.name}"`);
      return exitCode.ok;
    });
  } finally {
    engine.close();
  }
}
