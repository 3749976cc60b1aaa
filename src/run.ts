import { randomBytes } from 'node:crypto';
import { applyAll, observeAndPlan, prepare } from './compose.js';
import { holdProject } from './hold-project.js';
import type { ApplyResult } from './model/apply-result.js';
import type { Plan } from './model/plan.js';
import type { Project } from './model/project.js';
import {
  type ContainerProcess,
  type FreshContainer,
  startAttached,
  startDetached,
} from './operate/start-container.js';
import { type OneOff, oneOffOf, type RunRequest } from './plan/container/one-off.js';
import { defaultUpPolicy, type UpPolicy } from './plan/policy.js';
import { ApplyError, InternalError } from './problems/errors.js';
import type { Session } from './session.js';

/** What of `up` a person can ask of a single run. */
export type RunPolicy = Pick<UpPolicy, 'dependencies' | 'orphans'> &
  Partial<Pick<UpPolicy, 'elsewhere' | 'builds'>>;

const runPolicy: RunPolicy = { dependencies: 'with-dependencies', orphans: 'warn' };

/**
 * Runs a service once, in a container of its own, after all that it depends on; gives its streams and its exit code.
 * Throws UsageError, BlockedError, ApplyError or CancelledError as `up` does, EngineError when it cannot be started.
 */
export async function run(
  project: Project,
  request: RunRequest,
  session: Session,
  policy: RunPolicy = runPolicy,
): Promise<ContainerProcess> {
  const container = await createOneOff(project, request, session, policy);
  return startAttached(session.engine, container, session.signal);
}

/** The same without streams: returns once it is started. */
export async function runDetached(
  project: Project,
  request: RunRequest,
  session: Session,
  policy: RunPolicy = runPolicy,
): Promise<FreshContainer> {
  const container = await createOneOff(project, request, session, policy);
  await startDetached(session.engine, container, session.signal);
  return container;
}

/** What a run would do before its start. Changes nothing. */
export async function planRun(
  project: Project,
  request: RunRequest,
  session: Pick<Session, 'engine' | 'places' | 'buildPlaces' | 'signal'>,
  policy: RunPolicy = runPolicy,
): Promise<Plan> {
  const oneOff = oneOffOf(project, request, newSlug());
  return observeAndPlan(withOneOff(project, oneOff), upPolicyOf(oneOff, policy), session, oneOff);
}

/** Everything up to the start: dependencies that are as they should be, and the container with its files. */
export async function createOneOff(
  project: Project,
  request: RunRequest,
  session: Session,
  policy: RunPolicy = runPolicy,
): Promise<FreshContainer> {
  const oneOff = oneOffOf(project, request, newSlug());
  const single = withOneOff(project, oneOff);
  const upPolicy = upPolicyOf(oneOff, policy);
  const id = await holdProject(project, 'run', session, async (held) => {
    const prepared = await prepare(single, upPolicy, held);
    const plan = await observeAndPlan(prepared, upPolicy, held, oneOff);
    return createdOneOff(plan, await applyOrTakeBack(plan, prepared, held));
  });
  const { terminal, input, whenEnded } = request;
  const { name, service } = oneOff;
  const { postStart } = service;
  return { id: id ?? missing(name), name, terminal, input, whenEnded, postStart };
}

/** A container that will not be started is of no use to anybody. */
async function applyOrTakeBack(plan: Plan, project: Project, session: Session): Promise<ApplyResult> {
  try {
    return await applyAll(plan, project, session);
  } catch (error) {
    const id = error instanceof ApplyError ? createdOneOff(plan, error.result) : undefined;
    if (id !== undefined) await session.engine.removeContainer(id, { anonymousVolumes: 'remove' });
    throw error;
  }
}

function createdOneOff({ steps }: Plan, { created }: ApplyResult): string | undefined {
  const step = steps.find((each) => each.kind === 'create-container' && each.spec.oneOff !== undefined);
  return step === undefined ? undefined : created.get(step.id);
}

function missing(name: string): never {
  throw new InternalError(`the plan has not created ${name}`);
}

function withOneOff(project: Project, { service }: OneOff): Project {
  return { ...project, services: new Map(project.services).set(service.name, service) };
}

function upPolicyOf({ service }: OneOff, policy: RunPolicy): UpPolicy {
  return { ...defaultUpPolicy, ...policy, services: [service.name] };
}

function newSlug(): string {
  return randomBytes(32).toString('hex');
}
