import { planPullOf, pull, servicesToBuild } from '../../images.js';
import type { StepFailure } from '../../model/apply-result.js';
import type { Project } from '../../model/project.js';
import type { PullRequest } from '../../plan/image/plan-pull.js';
import { ApplyError } from '../../problems/errors.js';
import type { CommandContext } from '../command-context.js';
import { moveImages } from '../move-images.js';
import type { PullOptions } from '../options/pull-options.js';

export function runPull(context: CommandContext, services: string[], options: PullOptions): Promise<number> {
  const request: PullRequest = {
    services,
    dependencies: options.includeDeps === true ? 'with-dependencies' : 'without-dependencies',
    policy: options.policy ?? 'files',
    buildable: options.ignoreBuildable === true ? 'leave' : 'pull',
  };
  return moveImages(context, services, options, {
    whenNothing: 'there is nothing to pull',
    planOf: (project, looking) => planPullOf(project, request, looking),
    async move(project, session) {
      try {
        const failures = options.ignorePullFailures === true ? 'tell' : 'throw';
        const outcome = await pull(project, request, session, failures);
        adviseBuild(context, outcome.failures, project);
        return outcome;
      } catch (error) {
        if (error instanceof ApplyError) adviseBuild(context, error.failures, project);
        throw error;
      }
    },
  });
}

function adviseBuild(context: CommandContext, failures: readonly StepFailure[], project: Project): void {
  const services = servicesToBuild(failures, project);
  if (services.length === 0) return;
  context.reporter.warn(
    `Some service image(s) must be built from source by running:\n    tscompose build ${services.join(' ')}`,
  );
}
