import { plan, up } from '../../compose.js';
import { withScale } from '../../graph/scale.js';
import type { Project } from '../../model/project.js';
import { nothingSelected } from '../../problems/nothing-selected.js';
import type { Session } from '../../session.js';
import { withClientProxies } from '../client-proxies.js';
import type { CommandContext } from '../command-context.js';
import { confirm } from '../confirm.js';
import { confirmRemote } from '../confirm-remote.js';
import { exitCode } from '../exit-codes.js';
import { withInterrupts } from '../interrupts.js';
import { checkKeptUp, refuseSecondLoop } from '../keep-rules.js';
import type { UpOptions } from '../options/up-options.js';
import { dryRunText } from '../plan-text.js';
import { quietProgress } from '../quiet-progress.js';
import { changingSession, lookingSession } from '../sessions.js';
import { withTimeLimit } from '../time-limit.js';
import { checkUpOptions, upPolicy } from '../up-policy.js';
import { runAttached } from './up-attached.js';

export async function runUp(
  context: CommandContext,
  services: string[],
  options: UpOptions,
): Promise<number> {
  checkUpOptions(context, options);
  checkKeptUp(options);
  const project = withScale(
    await context.loadProject(services, options.strict === true ? 'refuse' : 'warn'),
    options.scale,
  );
  if (project.services.size === 0) throw nothingSelected(project);
  await confirmRemote(context, services);
  if (options.reconcile === true) await refuseSecondLoop(context, project);
  if (options.watch === true) {
    const { watchedRules } = await import('../../watch.js');
    await watchedRules(project, { services, rules: 'declared' });
  }
  const asked = upPolicy(context, services, options);
  const policy = { ...asked, builds: await withClientProxies(asked.builds, context.io) };
  const engine = await context.connect();
  try {
    if (options.dryRun === true || context.globals.dryRun === true) {
      context.io.stdout.write(
        dryRunText(await plan(project, policy, lookingSession(context, engine)), context, 'everything'),
      );
      return exitCode.ok;
    }
    return await withInterrupts(context.io, async (interrupts) => {
      const emit = quietProgress((event) => context.reporter.report(event), options);
      const session: Session = {
        ...changingSession(context, engine, interrupts),
        emit,
        confirmLoss: (volumes) => confirm(context.io, lossQuestion(volumes)),
      };
      const isDetached = options.detach === true || options.wait === true || !options.start;
      if (isDetached)
        await withTimeLimit(options.waitTimeout, session, (limited) => up(project, policy, limited));
      else {
        const outcome = await runAttached(context, { project, policy, options, session, interrupts });
        if (outcome !== 'detached') return outcome;
      }
      if (options.reconcile === true) return keepAfterUp(context, project, services, options);
      return exitCode.ok;
    });
  } finally {
    engine.close();
  }
}

/** `up -d --reconcile`, or let go of: what keeps it goes on in the background. */
async function keepAfterUp(
  context: CommandContext,
  project: Project,
  services: readonly string[],
  options: UpOptions,
): Promise<number> {
  const { keepInBackground } = await import('../background/keep-in-background.js');
  return keepInBackground(context, project, services, { ...options, drift: 'repair' });
}

function lossQuestion(volumes: readonly string[]): string {
  const names = volumes.map((name) => `"${name}"`).join(', ');
  const what =
    volumes.length === 1 ? `Volume ${names} exists but doesn't` : `Volumes ${names} exist but don't`;
  return `${what} match configuration in compose file. Recreate (data will be lost)?`;
}
