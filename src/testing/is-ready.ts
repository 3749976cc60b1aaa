import type { ComposeProject } from '../client/compose-project.js';
import type { UpOptions } from '../client/options.js';
import type { PlanNote, Step } from '../model/plan.js';
import type { Project } from '../model/project.js';

/** What `up` would do before its steps. */
const beforeSteps = new Set<PlanNote['kind']>([
  'pulled-first',
  'built-first',
  'provider-first',
  'model-first',
]);

/**
 * Whether a stack that others have brought up is as it should be. `up` starts jobs again that have ended, and what has
 * filled a database once must not do so for each test that comes.
 */
export async function isReady(project: ComposeProject, options: UpOptions): Promise<boolean> {
  const [{ steps, notes }, containers] = await Promise.all([project.plan(options), project.ps()]);
  const jobs = jobsOf(project.model);
  const done = new Set(
    containers.flatMap(({ service, state, exitCode }) =>
      jobs.has(service) && state === 'exited' && exitCode === 0 ? [service] : [],
    ),
  );
  const changesNothing = ({ kind, service = '' }: Step) =>
    kind === 'wait' || (kind === 'start-container' && done.has(service));
  return (
    steps.every(changesNothing) &&
    !notes.some(({ kind }) => beforeSteps.has(kind)) &&
    containers.every(({ health }) => health === undefined || health === 'healthy')
  );
}

/** Services that are to end. */
function jobsOf({ services }: Project): Set<string> {
  const jobs = new Set<string>();
  for (const { name, kind, dependsOn } of services.values()) {
    if (kind === 'job') jobs.add(name);
    for (const [needed, { condition }] of dependsOn) {
      if (condition === 'service_completed_successfully') jobs.add(needed);
    }
  }
  return jobs;
}
