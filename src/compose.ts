import { createHash } from 'node:crypto';
import { applyPlan } from './apply/apply-plan.js';
import { explainFailures } from './apply/explain-failures.js';
import type { Engine } from './engine/engine.js';
import { observe, observeDetails } from './engine/observe.js';
import { projectFromLabels } from './engine/project-from-labels.js';
import { buildDependencyGraph } from './graph/dependency-graph.js';
import { selectServices } from './graph/select.js';
import type { ApplyResult } from './model/apply-result.js';
import type { Clock } from './model/clock.js';
import type { ObservedState } from './model/observed.js';
import type { Plan } from './model/plan.js';
import type { EmitProgress } from './model/progress.js';
import type { Project } from './model/project.js';
import { type DownPolicy, planDown } from './plan/plan-down.js';
import { planPulls } from './plan/plan-images.js';
import { planStop } from './plan/plan-stop.js';
import { planUp } from './plan/plan-up.js';
import type { PlanTools, UpPolicy } from './plan/policy.js';
import { ApplyError, CancelledError } from './problems/errors.js';
import { version } from './version.js';

/** What every operation needs. `signal` aborts calls in flight; `drain` only starts nothing more. */
export interface Session {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly emit: EmitProgress;
  readonly signal?: AbortSignal;
  readonly drain?: AbortSignal;
}

const tools: PlanTools = {
  digest: (text) => createHash('sha256').update(text).digest('hex'),
  toolVersion: version,
};

/** What `up` would do now, and why. Changes nothing. Throws BlockedError for what cannot be done as things are. */
export async function plan(
  project: Project,
  policy: UpPolicy,
  session: Pick<Session, 'engine' | 'signal'>,
): Promise<Plan> {
  return observeAndPlan(project, policy, session);
}

/** What `up` did. */
export interface UpOutcome {
  readonly plan: Plan;
  readonly result: ApplyResult;
  /** Containers that it started. */
  readonly started: readonly { readonly id: string; readonly name: string; readonly service: string }[];
}

/** Makes the project what its files say. Throws BlockedError before any change, ApplyError or CancelledError after some. */
export async function up(project: Project, policy: UpPolicy, session: Session): Promise<UpOutcome> {
  const graph = buildDependencyGraph(project.services);
  const { services } = selectServices(project, graph, policy.services, policy.dependencies);
  const pulls = planPulls(project, services, policy);
  if (pulls.steps.length > 0) await applyAll(pulls, project, session);
  const plan = await observeAndPlan(project, policy, session);
  const result = await applyAll(plan, project, session);
  return { plan, result, started: startedContainers(plan, result) };
}

/** Takes the project away. Throws ApplyError or CancelledError. */
export async function down(project: Project, policy: DownPolicy, session: Session): Promise<ApplyResult> {
  return applyAll(await planDownOf(project, policy, session), project, session);
}

/** What `down` would do. Changes nothing. */
export async function planDownOf(
  project: Project,
  policy: DownPolicy,
  { engine, signal }: Pick<Session, 'engine' | 'signal'>,
): Promise<Plan> {
  return planDown(
    project,
    buildDependencyGraph(project.services),
    await observe(engine, project, signal),
    policy,
  );
}

/** Stops running containers of some services and leaves everything in place. */
export async function stop(
  project: Project,
  policy: { readonly services: ReadonlySet<string>; readonly timeoutSec: number | undefined },
  session: Session,
): Promise<ApplyResult> {
  const observed = await observe(session.engine, project, session.signal);
  return applyAll(
    planStop(project, buildDependencyGraph(project.services), observed, policy),
    project,
    session,
  );
}

/** Kills the running containers of some services, all at once. */
export async function kill(
  project: Project,
  services: ReadonlySet<string>,
  { engine, signal }: Pick<Session, 'engine' | 'signal'>,
): Promise<void> {
  const containers = await engine.listContainers(project.name, signal);
  const running = containers.filter(
    ({ service, isOneOff, state }) => services.has(service) && !isOneOff && state === 'running',
  );
  await Promise.all(running.map(({ id }) => engine.killContainer(id, 'SIGKILL', signal)));
}

/** The project that runs under a name, as far as labels tell it: for when there are no files. */
export async function projectByName(
  name: string,
  { engine, signal }: Pick<Session, 'engine' | 'signal'>,
): Promise<Project> {
  const [containers, networks, volumes] = await Promise.all([
    engine.listContainers(name, signal),
    engine.listNetworks(name, signal),
    engine.listVolumes(name, signal),
  ]);
  return projectFromLabels(name, { containers, networks, volumes });
}

/**
 * Plans twice where something is to be replaced: the labels tell which attributes changed, and only for those
 * containers it is worth an inspection each to tell from what.
 */
async function observeAndPlan(
  project: Project,
  policy: UpPolicy,
  { engine, signal }: Pick<Session, 'engine' | 'signal'>,
): Promise<Plan> {
  const graph = buildDependencyGraph(project.services);
  const observed = await observe(engine, project, signal);
  const first = planUp(project, graph, observed, policy, tools);
  const changed = changedContainers(first, observed);
  if (changed.size === 0) return first;
  const detailed = await observeDetails(engine, observed, changed, signal);
  return planUp(project, graph, detailed, policy, tools);
}

function startedContainers({ steps }: Plan, { created }: ApplyResult): UpOutcome['started'] {
  return steps.flatMap((step) => {
    if (step.kind !== 'start-container') return [];
    const { container, service = '' } = step;
    const id = container.kind === 'existing' ? container.id : created.get(container.step);
    return id === undefined ? [] : [{ id, name: container.name, service }];
  });
}

function changedContainers({ steps }: Plan, observed: ObservedState): Set<string> {
  const names = new Set(
    steps.flatMap((step) =>
      step.kind === 'create-container' && step.reason.kind === 'changed' ? step.replaces : [],
    ),
  );
  return new Set(observed.containers.filter(({ name }) => names.has(name)).map(({ id }) => id));
}

async function applyAll(plan: Plan, project: Project, { engine, ...options }: Session): Promise<ApplyResult> {
  const result = await applyPlan(plan, engine, options);
  const failures = plan.steps.flatMap((step) => {
    const outcome = result.outcomes.get(step.id);
    return outcome?.status === 'failed' ? [{ step, error: outcome.error }] : [];
  });
  if (failures.length > 0)
    throw new ApplyError(failures, result, await explainFailures(failures, project, engine));
  if (options.signal?.aborted === true || options.drain?.aborted === true) throw new CancelledError();
  return result;
}
