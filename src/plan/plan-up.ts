import type { DependencyGraph } from '../graph/dependency-graph.js';
import { selectServices } from '../graph/select.js';
import type { ObservedContainer, ObservedState } from '../model/observed.js';
import type { Plan } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ServiceSpec } from '../model/service.js';
import { BlockedError } from '../problems/errors.js';
import { checkDescent } from './check/check-descent.js';
import { checkEngine } from './check/check-engine.js';
import { ContainerIndex, isHook } from './container/container-index.js';
import { decideServices, type ServiceDecision } from './container/decide-services.js';
import type { OneOff } from './container/one-off.js';
import type { MadeBefore } from './container/service-context.js';
import { planImageBuilds } from './image/plan-image-builds.js';
import { planImages } from './image/plan-images.js';
import { leavesLimitsUnchecked } from './open-questions.js';
import { PlanBuilder } from './plan-builder.js';
import { besideReplicas, planOneOff } from './plan-one-off.js';
import type { PlanTools, UpPolicy } from './policy.js';
import { decideNetwork } from './resource/decide-network.js';
import { planNetworks } from './resource/plan-networks.js';
import { planVolumeReplacement } from './resource/plan-volume-replacement.js';
import { planVolumes } from './resource/plan-volumes.js';
import { planRemoval } from './step/plan-removal.js';
import { planService } from './step/plan-service.js';
import { planWaits } from './step/plan-waits.js';
import { planStopsForRestart } from './step/restart-stops.js';

/**
 * What `up` would do: networks and volumes, then services, dependencies first, then orphans. Pure: the same inputs
 * give the same plan. Throws UsageError for a service that the project does not have, and
 * BlockedError for what cannot be done as things are. With a one-off, its container is made in the place of the
 * replicas of its service.
 */
export function planUp(
  project: Project,
  graph: DependencyGraph,
  found: ObservedState,
  policy: UpPolicy,
  tools: PlanTools,
  oneOff?: OneOff,
): Plan {
  const plan = new PlanBuilder(project.name);
  const selection = selectServices(project, graph, policy.services, policy.dependencies);
  const used = usedResources(project, selection.services);
  const wanted = { keys: used.volumes, services: selection.services };
  const known = { project, graph, observed: found, policy, tools };
  // Its steps come below: a build that fails leaves everything as it is.
  const observed = planVolumeReplacement(new PlanBuilder(project.name), wanted, known);
  const decisions = decideServices(project, graph, selection, observed, policy, tools);
  const single = oneOff === undefined ? undefined : decisions.get(oneOff.service.name);
  if (single !== undefined) decisions.set(single.service.name, besideReplicas(single));
  const check = checkEngine(project, { services: selection.services, ...used }, observed.engine);
  for (const problem of check.problems) plan.problem(problem);
  for (const note of check.notes) plan.note(note);
  const networkDecisions = new Map(
    used.networks.flatMap((key) => {
      const network = project.networks.get(key);
      return network === undefined ? [] : [[key, decideNetwork(network, project, observed, tools)] as const];
    }),
  );
  const descent = checkDescent(project, observed, policy.elsewhere);
  for (const problem of descent.problems) plan.problem(problem);
  for (const note of descent.notes) plan.note(note);
  const images = { project, graph, decisions, observed, policy, toolVersion: tools.toolVersion };
  const builds = planImageBuilds(plan, images);
  plan.begin([...builds.values()]);
  planVolumeReplacement(plan, wanted, known);
  const orphans = observed.containers.filter(
    (container) => isOrphan(container, project) && !descent.strangers.has(container.id),
  );
  const going = orphans.filter(
    ({ service }) => policy.orphans === 'remove' || policy.care?.dropped.has(service),
  );
  const leaving = leavingContainers(decisions, going);
  const networks = planNetworks(plan, networkDecisions, leaving, { project, observed, tools });
  const volumes = planVolumes(plan, used.volumes, project, observed, tools);
  const made: MadeBefore = {
    networks: networks.made,
    connects: networks.connects,
    volumes,
    images: planImages(plan, builds, images),
    stops: planStopsForRestart(plan, graph, decisions, policy),
    waits: new Map(),
    services: new Map(),
  };
  const containers = new ContainerIndex(observed);
  for (const decision of decisions.values()) {
    const context = { project, graph, containers, policy, tools, decisions, made };
    if (decision.service.name === oneOff?.service.name) planOneOff(plan, oneOff, decision, context);
    else planService(plan, decision, context);
  }
  planWaits(plan, { graph, services: project.services }, made, policy);
  planOrphans(plan, orphans, going, policy);
  if (leavesLimitsUnchecked(observed, policy))
    plan.note({ kind: 'limits-unchecked', containers: observed.containers.length });
  if (plan.problems.length > 0) throw new BlockedError(plan.problems);
  return plan.finish();
}

/**
 * Keys of the networks and volumes that these services use, in the order of the file. What no service uses is in the
 * project only when the person asked for it, and so it counts too.
 */
function usedResources(
  project: Project,
  services: readonly string[],
): { networks: string[]; volumes: string[] } {
  const mine = new Set(services);
  const byOthers = referredTo([...project.services.values()].filter(({ name }) => !mine.has(name)));
  const byMine = referredTo([...project.services.values()].filter(({ name }) => mine.has(name)));
  return {
    networks: [...project.networks.keys()].filter(
      (key) => byMine.networks.has(key) || !byOthers.networks.has(key),
    ),
    volumes: [...project.volumes.keys()].filter(
      (key) => byMine.volumes.has(key) || !byOthers.volumes.has(key),
    ),
  };
}

function referredTo(services: readonly ServiceSpec[]): { networks: Set<string>; volumes: Set<string> } {
  const networks = new Set<string>();
  const volumes = new Set<string>();
  for (const service of services) {
    for (const key of service.networks.keys()) networks.add(key);
    if (service.networkMode?.kind === 'word') networks.add(service.networkMode.word);
    for (const { type, source } of service.mounts) {
      if (type === 'volume' && source !== undefined) volumes.add(source);
    }
  }
  return { networks, volumes };
}

/** Ids of the containers that are replaced or removed. */
function leavingContainers(
  decisions: ReadonlyMap<string, ServiceDecision>,
  orphans: readonly ObservedContainer[],
): Set<string> {
  const outdated = [...decisions.values()].flatMap(({ replaced, removed }) => [...replaced, ...removed]);
  return new Set([...outdated.map(({ container }) => container.id), ...orphans.map(({ id }) => id)]);
}

/** Containers of services that the files no longer have, and finished one-offs. */
function planOrphans(
  plan: PlanBuilder,
  orphans: readonly ObservedContainer[],
  going: readonly ObservedContainer[],
  policy: UpPolicy,
): void {
  const leaving = new Set(going);
  const staying = orphans.filter((orphan) => !leaving.has(orphan));
  if (policy.orphans === 'warn' && staying.length > 0) {
    plan.note({ kind: 'orphans', names: staying.map((container) => container.name) });
  }
  for (const orphan of going) {
    planRemoval(plan, orphan, { reason: { kind: 'orphan' }, timeoutSec: policy.stopTimeoutSec });
  }
}

function isOrphan(container: ObservedContainer, project: Project): boolean {
  if (isHook(container) && project.services.has(container.service)) return false;
  if (container.isOneOff) return container.state === 'exited' || container.state === 'dead';
  return !project.services.has(container.service) && !project.inactiveServices.has(container.service);
}
