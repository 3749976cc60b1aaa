import { applyPlan } from './apply/apply-plan.js';
import { explainFailures } from './apply/explain-failures.js';
import { waitTimeout } from './apply/wait-timeout.js';
import { readBuildFacts } from './build-facts.js';
import { notesBefore, staleImages, withBuilds } from './build-notes.js';
import { observe, observeDetails, observeImages, observeStrangers } from './engine/observe.js';
import { observeEnds } from './engine/observe-ends.js';
import { projectFromLabels } from './engine/project-from-labels.js';
import { buildDependencyGraph } from './graph/dependency-graph.js';
import { selectServices } from './graph/select.js';
import { holdProject } from './hold-project.js';
import type { ApplyResult } from './model/apply-result.js';
import type { ObservedState } from './model/observed.js';
import type { Plan } from './model/plan.js';
import type { Project } from './model/project.js';
import { hideSecretsOf } from './model/secret-values.js';
import { refuseElsewhere, withPlaces } from './places.js';
import { refuseUnsupported } from './plan/check/check-engine.js';
import type { OneOff } from './plan/container/one-off.js';
import { withProvided } from './plan/container/provided.js';
import type { DownPolicy } from './plan/down-policy.js';
import { instanceNotes } from './plan/instance-notes.js';
import { openQuestions, withCheckedLimits } from './plan/open-questions.js';
import { planDown } from './plan/plan-down.js';
import { buildsInQuestion, imagesInQuestion, planPreparation } from './plan/plan-preparation.js';
import { planUp } from './plan/plan-up.js';
import type { UpPolicy } from './plan/policy.js';
import { tools } from './plan-tools.js';
import { ApplyError, CancelledError } from './problems/errors.js';
import type { Session } from './session.js';

/** What `up` would do now, and why. Changes nothing. Throws BlockedError for what cannot be done as things are. */
export async function plan(
  project: Project,
  policy: UpPolicy,
  session: Pick<Session, 'engine' | 'clock' | 'places' | 'buildPlaces' | 'signal'>,
): Promise<Plan> {
  const preparation = await preparationOf(project, policy, session);
  const planned = await observeAndPlan(project, policy, session);
  const stale = await staleImages(project, policy, session);
  const before = [...instanceNotes(project), ...notesBefore(preparation, planned), ...stale];
  return { ...planned, notes: [...before, ...planned.notes] };
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
  return holdProject(project, policy.start === 'start' ? 'up' : 'create', session, async (held) => {
    const prepared = await prepare(project, policy, held);
    const plan = await confirmedPlan(prepared, policy, held);
    const result = await applyAll(plan, prepared, held);
    return { plan, result, started: startedContainers(plan, result) };
  });
}

/** The plan, after the question whether data may go where the files changed a volume. */
async function confirmedPlan(project: Project, policy: UpPolicy, session: Session): Promise<Plan> {
  const plan = await observeAndPlan(project, policy, session);
  const changed = plan.notes.flatMap((note) => (note.kind === 'volume-differs' ? [note.name] : []));
  const isOpen = policy.volumesToReplace === 'none' && policy.recreate !== 'never' && changed.length > 0;
  if (!isOpen || (await session.confirmLoss?.(changed)) !== true) return plan;
  return observeAndPlan(project, { ...policy, volumesToReplace: changed }, session);
}

/** Takes the project away. Throws ApplyError or CancelledError. */
export async function down(project: Project, policy: DownPolicy, session: Session): Promise<ApplyResult> {
  return holdProject(project, 'down', session, async (held) =>
    applyAll(await planDownOf(project, policy, held), project, held),
  );
}

/** What `down` would do. Changes nothing. */
export async function planDownOf(
  project: Project,
  policy: DownPolicy,
  { engine, places, signal }: Pick<Session, 'engine' | 'places' | 'signal'>,
): Promise<Plan> {
  const observed = await withPlaces(await observe(engine, project, signal), project, places);
  const made = policy.images === 'keep' ? [] : await engine.images.listOf(project.name, signal);
  return planDown(project, buildDependencyGraph(project.services), observed, policy, made);
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

/** Does what comes before the plan. Gives the project with the variables that its providers gave. */
export async function prepare(project: Project, policy: UpPolicy, session: Session): Promise<Project> {
  const preparation = await preparationOf(project, policy, session);
  if (preparation.steps.length === 0) return project;
  await refuseBeforePlan(project, policy, session);
  return withProvided(project, (await applyAll(preparation, project, session)).provided);
}

/** For what happens before there is a plan that would say no. */
async function refuseBeforePlan(
  project: Project,
  { elsewhere }: UpPolicy,
  { engine, places, signal }: Session,
): Promise<void> {
  await refuseElsewhere(project, await engine.listContainers(project.name, signal), elsewhere, places);
}

/** What `up` does before it looks. Asks about the age of an image only where that decides. */
async function preparationOf(
  project: Project,
  policy: UpPolicy,
  { engine, clock, buildPlaces, signal }: Pick<Session, 'engine' | 'clock' | 'buildPlaces' | 'signal'>,
): Promise<Plan> {
  const graph = buildDependencyGraph(project.services);
  const { services } = selectServices(project, graph, policy.services, policy.dependencies);
  refuseUnsupported(project, services, engine.version);
  const images = await observeImages(engine, imagesInQuestion(project, services, policy), signal);
  const building = {
    services: buildsInQuestion(project, services, policy),
    platforms: 'one',
    images,
  } as const;
  const request = { ...building, request: policy.builds };
  const builds = await readBuildFacts(project, request, { buildPlaces, signal });
  return planPreparation(project, services, policy, { images, builds, nowMs: clock.nowMs() });
}

/** Plans from lists, and once more where a closer look at some containers would tell more: see openQuestions. */
export async function observeAndPlan(
  project: Project,
  policy: UpPolicy,
  session: Pick<Session, 'engine' | 'places' | 'buildPlaces' | 'signal'>,
  oneOff?: OneOff,
): Promise<Plan> {
  const observed = await observe(session.engine, project, session.signal);
  const located = await withPlaces(observed, project, session.places);
  return planObserved(project, policy, located, session, oneOff);
}

/** The same for what was observed already. */
export async function planObserved(
  project: Project,
  policy: UpPolicy,
  observed: ObservedState,
  { engine, buildPlaces, signal }: Pick<Session, 'engine' | 'buildPlaces' | 'signal'>,
  oneOff?: OneOff,
): Promise<Plan> {
  const graph = buildDependencyGraph(project.services);
  const limited = oneOff === undefined ? withCheckedLimits(observed, policy) : new Set<string>();
  // Asked for before the first plan, they often make it the only one.
  const checked = await observeDetails(engine, observed, limited, signal);
  const first = planUp(project, graph, checked, policy, tools, oneOff);
  const { inspect, ended, replacedNetworks } = openQuestions(first, checked);
  const builds = await withBuilds(project, policy, first, checked, { engine, buildPlaces, signal });
  if (inspect.size + ended.size + replacedNetworks.size === 0 && builds === undefined) return first;
  const detailed = await observeDetails(engine, checked, inspect, signal);
  const answered = await observeEnds(engine, project.name, detailed, ended, signal);
  const strangersIn = await observeStrangers(engine, observed, replacedNetworks, signal);
  return planUp(project, graph, { ...answered, ...builds, strangersIn }, policy, tools, oneOff);
}

function startedContainers({ steps }: Plan, { created }: ApplyResult): UpOutcome['started'] {
  return steps.flatMap((step) => {
    if (step.kind !== 'start-container') return [];
    const { container, service = '' } = step;
    const id = container.kind === 'existing' ? container.id : created.get(container.step);
    return id === undefined ? [] : [{ id, name: container.name, service }];
  });
}

/** Carries a plan out and reports all that failed. Throws ApplyError, CancelledError or WaitTimeoutError. */
export async function applyAll(
  plan: Plan,
  project: Project,
  { engine, ...options }: Session,
): Promise<ApplyResult> {
  const result = await applyPlan(plan, engine, { ...options, hide: hideSecretsOf(project) });
  const failures = plan.steps.flatMap((step) => {
    const outcome = result.outcomes.get(step.id);
    return outcome?.status === 'failed' ? [{ step, error: outcome.error }] : [];
  });
  if (failures.length > 0)
    throw new ApplyError(failures, result, await explainFailures(failures, project, engine));
  if (isTimeUp(options)) {
    if ([...result.outcomes.values()].some(({ status }) => status === 'cancelled'))
      throw await waitTimeout(plan, result, engine);
    return result;
  }
  if (options.signal?.aborted === true || options.drain?.aborted === true) throw new CancelledError();
  return result;
}

/** Whether it was a time limit that ended it, and not a person. */
function isTimeUp({ signal, drain }: Pick<Session, 'signal' | 'drain'>): boolean {
  const reason: unknown = drain?.reason;
  return signal?.aborted !== true && reason instanceof DOMException && reason.name === 'TimeoutError';
}
