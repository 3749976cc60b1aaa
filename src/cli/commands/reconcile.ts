import { plan } from '../../compose.js';
import { withScale } from '../../graph/scale.js';
import type { Project } from '../../model/project.js';
import { defaultUpPolicy, type UpPolicy } from '../../plan/policy.js';
import { UsageError } from '../../problems/errors.js';
import { keepInBackground } from '../background/keep-in-background.js';
import { endBackground, sayBackground } from '../background/loop-status.js';
import type { CommandContext } from '../command-context.js';
import { exitCode } from '../exit-codes.js';
import { findProjectName } from '../find-project-name.js';
import { withInterrupts } from '../interrupts.js';
import { keepLoop } from '../keep-loop.js';
import { refuseSecondLoop } from '../keep-rules.js';
import type { ReconcileOptions } from '../options/reconcile-options.js';
import { changingSession, lookingSession } from '../sessions.js';
import { orphanPolicy } from '../up-policy.js';
import { isDryRun, showPlan } from '../with-stack.js';

export async function runReconcile(
  context: CommandContext,
  services: string[],
  options: ReconcileOptions,
): Promise<number> {
  checkOptions(options);
  if (options.status === true) return sayBackground(context, await findProjectName(context), options.format);
  if (options.stop === true) return endBackground(context, await findProjectName(context));
  const project = withScale(await context.loadProject(services), options.scale);
  if (isDryRun(context, options)) return dryRun(context, project, policyOf(context, services, options));
  await refuseSecondLoop(context, project);
  if (options.detach === true) return keepInBackground(context, project, services, options);
  return keepHere(context, project, services, options);
}

async function keepHere(
  context: CommandContext,
  project: Project,
  services: string[],
  options: ReconcileOptions,
): Promise<number> {
  const engine = await context.connect();
  try {
    return await withInterrupts(context.io, async (interrupts) => {
      const session = changingSession(context, engine, interrupts);
      const request = {
        policy: policyOf(context, services, options),
        scale: options.scale,
        drift: options.drift,
      };
      await keepLoop(context, { project, command: 'reconcile', request, services }, session);
      return exitCode.ok;
    });
  } finally {
    engine.close();
  }
}

async function dryRun(context: CommandContext, project: Project, policy: UpPolicy): Promise<number> {
  const engine = await context.connect();
  try {
    const planned = await plan(project, policy, lookingSession(context, engine));
    return showPlan(context, planned, `project "${project.name}" is as its files say`);
  } finally {
    engine.close();
  }
}

function policyOf(context: CommandContext, services: readonly string[], options: ReconcileOptions): UpPolicy {
  return {
    ...defaultUpPolicy,
    services,
    orphans: orphanPolicy(context, options),
    stopTimeoutSec: options.timeout,
  };
}

function checkOptions({ detach, status, stop, format }: ReconcileOptions): void {
  if (format !== undefined && status !== true)
    throw new UsageError('--format is about what --status says', {
      hint: 'add --status; --progress json before the command tells programs what is done',
    });
  if ([detach, status, stop].filter((flag) => flag === true).length > 1)
    throw new UsageError('--detach, --status and --stop exclude each other');
}
