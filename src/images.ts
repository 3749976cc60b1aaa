import { applyAll } from './compose.js';
import { observeImages } from './engine/observe.js';
import { buildDependencyGraph } from './graph/dependency-graph.js';
import { selectServices } from './graph/select.js';
import type { ApplyResult, StepFailure } from './model/apply-result.js';
import type { Plan } from './model/plan.js';
import type { Project } from './model/project.js';
import { imagesToPull, type PullRequest, planPull } from './plan/image/plan-pull.js';
import { type PushRequest, planPush } from './plan/image/plan-push.js';
import { ApplyError } from './problems/errors.js';
import type { Session } from './session.js';

/** What came of pulling or pushing. */
export interface ImagesOutcome {
  readonly plan: Plan;
  readonly result: ApplyResult;
  /** One each for what failed; the others went on. */
  readonly failures: readonly StepFailure[];
}

/** Whether something that cannot be moved is an error of the whole, or only told. */
export type TransferFailures = 'throw' | 'tell';

/** Pulls the images of services, whether they are here or not. Throws ApplyError (after the others) or CancelledError. */
export async function pull(
  project: Project,
  request: PullRequest,
  session: Session,
  failures: TransferFailures = 'throw',
): Promise<ImagesOutcome> {
  return moveImages(await planPullOf(project, request, session), project, session, failures);
}

/** What `pull` would do. Changes nothing. */
export async function planPullOf(
  project: Project,
  request: PullRequest,
  { engine, signal }: Pick<Session, 'engine' | 'signal'>,
): Promise<Plan> {
  const services = chosen(project, request);
  const images = await observeImages(engine, imagesToPull(project, services), signal);
  return planPull(project, services, request, images);
}

/** Pushes the images that services build, under all their names. Throws as `pull` does. */
export async function push(
  project: Project,
  request: PushRequest,
  session: Session,
  failures: TransferFailures = 'throw',
): Promise<ImagesOutcome> {
  return moveImages(planPushOf(project, request), project, session, failures);
}

/** What `push` would do. Asks nobody. */
export function planPushOf(project: Project, request: PushRequest): Plan {
  return planPush(project, chosen(project, request));
}

/** Services whose own image could not be pulled and can be built instead. */
export function servicesToBuild(failures: readonly StepFailure[], project: Project): string[] {
  const names = failures.flatMap(({ step }) => {
    const service = project.services.get(step.service ?? '');
    const isOwn = step.kind === 'pull-image' && step.reference === service?.image;
    return service?.build !== undefined && isOwn ? [service.name] : [];
  });
  return [...new Set(names)].sort();
}

async function moveImages(
  plan: Plan,
  project: Project,
  session: Session,
  failures: TransferFailures,
): Promise<ImagesOutcome> {
  try {
    return { plan, result: await applyAll(plan, project, session), failures: [] };
  } catch (error) {
    if (!(error instanceof ApplyError) || failures === 'throw') throw error;
    return { plan, result: error.result, failures: error.failures };
  }
}

function chosen(project: Project, { services, dependencies }: PushRequest): readonly string[] {
  return selectServices(project, buildDependencyGraph(project.services), services, dependencies).services;
}
