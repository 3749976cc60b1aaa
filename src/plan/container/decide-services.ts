import type { DependencyGraph } from '../../graph/dependency-graph.js';
import type { Selection } from '../../graph/select.js';
import type { LimitSpec } from '../../model/limits.js';
import { containerName, finalNameOf } from '../../model/names.js';
import type { ObservedContainer, ObservedState } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { ContainerCare, PlanTools, RecreatePolicy, UpPolicy } from '../policy.js';
import { ailment, isUntouched } from './container-care.js';
import { ContainerIndex } from './container-index.js';
import { decideContainer, type KnownState } from './decide-container.js';
import type { DesiredContainer } from './desired-container.js';
import { fingerprintOf } from './fingerprint.js';
import { lostMacAddress } from './lost-mac-address.js';
import { serviceFields } from './service-fields.js';
import { updatedLimits } from './updated-limits.js';

/** What must become of the containers of one service. */
export interface ServiceDecision {
  readonly service: ServiceSpec;
  readonly desired: DesiredContainer;
  /** Those that stay, by number, with what must be put right about them. */
  readonly kept: readonly KeptContainer[];
  readonly replaced: readonly { readonly container: ObservedContainer; readonly reason: Reason }[];
  readonly removed: readonly { readonly container: ObservedContainer; readonly reason: Reason }[];
  /** Numbers of the containers to make. */
  readonly missing: readonly number[];
}

export interface KeptContainer {
  readonly container: ObservedContainer;
  /** Why it must get its own name back: a recreation that was cut short, or somebody. */
  readonly misnamed?: Reason;
  /** Limits that somebody changed, and that can be set again as it is. */
  readonly updated?: { readonly reason: Reason; readonly limits: LimitSpec };
}

/** Decides service by service, dependencies first: whoever shares a namespace with a new container must be new too. */
export function decideServices(
  project: Project,
  graph: DependencyGraph,
  selection: Selection,
  observed: ObservedState,
  policy: UpPolicy,
  tools: PlanTools,
): Map<string, ServiceDecision> {
  const targets = new Set(selection.targets);
  const known = { observed, containers: new ContainerIndex(observed) };
  const decisions = new Map<string, ServiceDecision>();
  for (const name of selection.services) {
    const service = project.services.get(name);
    if (service === undefined) continue;
    const desired = desiredContainer(service, project, observed, tools);
    const recreate = targets.has(name) ? policy.recreate : policy.recreateDependencies;
    const shared =
      recreate === 'never'
        ? undefined
        : (newParent(name, graph, decisions) ?? lostMacAddress(service, project, observed, tools));
    decisions.set(name, decideService(desired, shared, known, { recreate, care: policy.care }));
  }
  return decisions;
}

function desiredContainer(
  service: ServiceSpec,
  project: Project,
  observed: ObservedState,
  tools: PlanTools,
): DesiredContainer {
  const fields = serviceFields(service, project);
  const fingerprint = fingerprintOf(fields, tools.digest);
  return { service, fields, fingerprint, image: observed.images.get(service.image), project };
}

/** A service whose namespace or volumes this one shares, and whose container will be another one. */
function newParent(
  name: string,
  graph: DependencyGraph,
  decisions: ReadonlyMap<string, ServiceDecision>,
): Reason | undefined {
  for (const edge of graph.dependenciesOf(name)) {
    if (edge.why === 'depends_on' || edge.why === 'links') continue;
    const parent = decisions.get(edge.to);
    if (parent !== undefined && parent.kept.length === 0) {
      return { kind: 'parent-recreated', service: edge.to, shares: edge.why };
    }
  }
  return undefined;
}

function decideService(
  desired: DesiredContainer,
  shared: Reason | undefined,
  known: KnownState,
  { recreate, care }: { readonly recreate: RecreatePolicy; readonly care: ContainerCare | undefined },
): ServiceDecision {
  const { service } = desired;
  const mine = known.containers.replicasOf(service.name);
  const judged = mine.map((container) => ({
    container,
    reason: isUntouched(container, care)
      ? undefined
      : (decideContainer(container, desired, known, recreate) ?? ailment(container, care) ?? shared),
  }));
  const { primary, leftOver } = onePerNumber(judged);
  const names = new Set(mine.map(({ name }) => name));
  const wanted = primary.slice(0, service.replicas);
  const surplus = primary.slice(service.replicas).reverse();
  const removed = [
    ...leftOver.map(({ container }) => ({ container, reason: { kind: 'left-over' } as const })),
    ...surplus.map(({ container }) => ({
      container,
      reason: { kind: 'too-many', wanted: service.replicas } as const,
    })),
  ];
  return {
    service,
    desired,
    kept: wanted
      .filter(({ reason }) => reason === undefined)
      .map(({ container }) => keptContainer(container, desired, names, { recreate, care })),
    replaced: wanted.flatMap(({ container, reason }) =>
      reason === undefined ? [] : [{ container, reason }],
    ),
    removed,
    missing: missingNumbers(service, mine, wanted.length),
  };
}

interface Judged {
  readonly container: ObservedContainer;
  readonly reason: Reason | undefined;
}

/**
 * Two containers with one number are what a killed recreation leaves behind: the better of them counts, the other
 * goes. Up to date beats outdated, newer beats older. What counts is sorted so that the last are the first to go:
 * outdated ones, which would have to be replaced anyway, then those that do not do their work, then high numbers.
 */
function onePerNumber(judged: readonly Judged[]): { primary: Judged[]; leftOver: Judged[] } {
  const best = [...judged].sort(
    (a, b) =>
      Number(a.reason !== undefined) - Number(b.reason !== undefined) ||
      b.container.createdAtMs - a.container.createdAtMs,
  );
  const seen = new Set<number | undefined>();
  const primary: Judged[] = [];
  const leftOver: Judged[] = [];
  for (const entry of best) {
    (seen.has(entry.container.number) ? leftOver : primary).push(entry);
    seen.add(entry.container.number);
  }
  primary.sort(
    (a, b) =>
      Number(a.reason !== undefined) - Number(b.reason !== undefined) ||
      Number(a.container.health === 'unhealthy') - Number(b.container.health === 'unhealthy') ||
      (a.container.number ?? 0) - (b.container.number ?? 0),
  );
  return { primary, leftOver };
}

/** What drifted and can be put right while the container goes on. */
function keptContainer(
  container: ObservedContainer,
  desired: DesiredContainer,
  taken: ReadonlySet<string>,
  { recreate, care }: { readonly recreate: RecreatePolicy; readonly care: ContainerCare | undefined },
): KeptContainer {
  const name = containerName(desired.project, desired.service, container.number ?? 1);
  if (finalNameOf(container.name) === name) return { container, misnamed: { kind: 'left-over' } };
  if (recreate === 'never' || isUntouched(container, care)) return { container };
  const isFree = !taken.has(name);
  const drift = updatedLimits(container, desired);
  return {
    container,
    // Two containers that swapped their names stay as they are: neither name is free.
    ...(isFree ? { misnamed: { kind: 'renamed', found: container.name } } : {}),
    ...(drift?.remedy === undefined
      ? {}
      : { updated: { reason: { kind: 'updated', changes: drift.changes }, limits: drift.remedy } }),
  };
}

/** New containers continue after the highest number; gaps stay, so that nobody gets another's number. */
function missingNumbers(service: ServiceSpec, mine: readonly ObservedContainer[], have: number): number[] {
  const highest = Math.max(0, ...mine.map((container) => container.number ?? 0));
  const count = Math.max(0, service.replicas - have);
  return Array.from({ length: count }, (_, index) => highest + 1 + index);
}
