import { applyAll, up } from './compose.js';
import { observe, observeDetails } from './engine/observe.js';
import { buildDependencyGraph, type DependencyGraph } from './graph/dependency-graph.js';
import { holdProject } from './hold-project.js';
import type { ApplyResult } from './model/apply-result.js';
import type { Plan } from './model/plan.js';
import type { Project } from './model/project.js';
import { ownContainers, refuseElsewhere } from './places.js';
import type { ObservedContainers } from './plan/container/container-index.js';
import { type ServiceDrift, serviceDrift } from './plan/container/service-drift.js';
import { planRestart, type RestartPolicy, restartScope } from './plan/plan-restart.js';
import { planRm, type RemovePolicy } from './plan/plan-rm.js';
import { type KillPolicy, planKill, planPause } from './plan/plan-signals.js';
import { planStart, type StartPolicy } from './plan/plan-start.js';
import { planStop, type StopPolicy } from './plan/plan-stop.js';
import { defaultUpPolicy } from './plan/policy.js';
import { tools } from './plan-tools.js';
import type { Session } from './session.js';

/** What can be done to the containers that a project has, none of them made or changed. */
export type Change =
  | ({ readonly kind: 'start' } & StartPolicy)
  | ({ readonly kind: 'stop' } & StopPolicy)
  | ({ readonly kind: 'kill' } & KillPolicy)
  | ({ readonly kind: 'remove' } & RemovePolicy)
  | { readonly kind: 'pause' | 'unpause'; readonly services: readonly string[] };

type Reading = Pick<Session, 'engine' | 'places' | 'signal'>;

/** What a change would do. One list call; changes nothing. Throws UsageError or BlockedError. */
export async function planChange(project: Project, change: Change, session: Reading): Promise<Plan> {
  const containers = await ownContainers(project, session);
  return planOf(change, project, buildDependencyGraph(project.services), { containers });
}

/** Makes a change. Throws UsageError or BlockedError before it, ApplyError or CancelledError after a part of it. */
export async function applyChange(project: Project, change: Change, session: Session): Promise<ApplyResult> {
  return holdProject(project, verbOf(change), session, async (held) =>
    applyAll(await planChange(project, change, held), project, held),
  );
}

/** As people call it on the command line. */
export function verbOf({ kind }: Change): string {
  return kind === 'remove' ? 'rm' : kind;
}

function planOf(
  change: Change,
  project: Project,
  graph: DependencyGraph,
  observed: ObservedContainers,
): Plan {
  switch (change.kind) {
    case 'start':
      return planStart(project, graph, observed, change, tools);
    case 'stop':
      return planStop(project, graph, observed, change);
    case 'kill':
      return planKill(project, graph, observed, change);
    case 'remove':
      return planRm(project, graph, observed, change);
    case 'pause':
    case 'unpause':
      return planPause(project, graph, observed, { verb: change.kind, services: change.services });
  }
}

/** Starts containers that are there, dependencies first. */
export function start(project: Project, policy: StartPolicy, session: Session): Promise<ApplyResult> {
  return applyChange(project, { kind: 'start', ...policy }, session);
}

/** Stops running containers, dependents first, and leaves everything in place. */
export function stop(project: Project, policy: StopPolicy, session: Session): Promise<ApplyResult> {
  return applyChange(project, { kind: 'stop', ...policy }, session);
}

/** Sends a signal to everything that is up, all at once. */
export function kill(project: Project, policy: KillPolicy, session: Session): Promise<ApplyResult> {
  return applyChange(project, { kind: 'kill', ...policy }, session);
}

/** Freezes running containers. */
export function pause(project: Project, services: readonly string[], session: Session): Promise<ApplyResult> {
  return applyChange(project, { kind: 'pause', services }, session);
}

/** Lets frozen containers go on. */
export function unpause(
  project: Project,
  services: readonly string[],
  session: Session,
): Promise<ApplyResult> {
  return applyChange(project, { kind: 'unpause', services }, session);
}

/** Removes stopped containers, and running ones if asked to. */
export function removeContainers(
  project: Project,
  policy: RemovePolicy,
  session: Session,
): Promise<ApplyResult> {
  return applyChange(project, { kind: 'remove', ...policy }, session);
}

/**
 * What a restart does about what the files say differently: say it, apply it as `up` does, or nothing, where there are
 * no files.
 */
export type RestartDifferences = 'report' | 'apply' | 'ignore';

/**
 * Restarts containers as they are. With `apply`, those that are not as the files say are first made so, as `up` does,
 * and only the others are restarted. Throws as `up` does.
 */
export async function restart(
  project: Project,
  policy: RestartPolicy,
  differences: RestartDifferences,
  session: Session,
): Promise<ApplyResult> {
  return holdProject(project, 'restart', session, async (held) => {
    const fresh = differences === 'apply' ? await applyDifferences(project, policy, held) : new Set<string>();
    const rest = differences === 'apply' ? 'ignore' : differences;
    return applyAll(await planRestartOf(project, policy, rest, held, fresh), project, held);
  });
}

/** What a restart would do, with notes on what it would not change although the files say it differently. */
export async function planRestartOf(
  project: Project,
  policy: RestartPolicy,
  differences: 'report' | 'ignore',
  session: Reading,
  fresh: ReadonlySet<string> = new Set(),
): Promise<Plan> {
  const graph = buildDependencyGraph(project.services);
  if (differences === 'report') {
    const { containers, drift } = await observeDrift(project, restartScope(project, graph, policy), session);
    const told = drift.filter(({ changes }) => changes.length > 0);
    return planRestart(project, graph, { containers }, policy, { drift: told, fresh });
  }
  const containers = await ownContainers(project, session);
  return planRestart(project, graph, { containers }, policy, { drift: [], fresh });
}

/** Services in the scope of a restart whose containers `up` would replace. */
export async function driftOf(
  project: Project,
  policy: RestartPolicy,
  session: Reading,
): Promise<ServiceDrift[]> {
  const scope = restartScope(project, buildDependencyGraph(project.services), policy);
  return (await observeDrift(project, scope, session)).drift;
}

/** Looks twice where something differs: only of those containers is it worth an inspection to tell the old values. */
async function observeDrift(project: Project, scope: readonly string[], session: Reading) {
  const { engine, places, signal } = session;
  const graph = buildDependencyGraph(project.services);
  const observed = await observe(engine, project, signal);
  await refuseElsewhere(project, observed.containers, 'refuse', places);
  const first = serviceDrift(project, graph, observed, scope, tools);
  if (first.length === 0) return { containers: observed.containers, drift: first };
  const ids = new Set(first.flatMap(({ containers }) => containers));
  const detailed = await observeDetails(engine, observed, ids, signal);
  return {
    containers: observed.containers,
    drift: serviceDrift(project, graph, detailed, scope, tools),
  };
}

/** Ids of the containers that were started on the way. */
async function applyDifferences(
  project: Project,
  policy: RestartPolicy,
  session: Session,
): Promise<Set<string>> {
  const services = (await driftOf(project, policy, session)).map(({ service }) => service);
  if (services.length === 0) return new Set();
  const { started } = await up(project, restartUpPolicy(services, policy), session);
  return new Set(started.map(({ id }) => id));
}

/** The `up` that a restart with `apply` begins with. */
export function restartUpPolicy(services: readonly string[], { timeoutSec }: RestartPolicy) {
  return {
    ...defaultUpPolicy,
    services,
    dependencies: 'without-dependencies',
    orphans: 'ignore',
    stopTimeoutSec: timeoutSec,
  } as const;
}
