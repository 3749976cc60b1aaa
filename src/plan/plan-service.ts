import type { DependencyGraph } from '../graph/dependency-graph.js';
import { containerName, temporaryContainerName } from '../model/names.js';
import type { ObservedContainer, ObservedState } from '../model/observed.js';
import type { ContainerRef, Reason } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { Diagnostic } from '../problems/diagnostic.js';
import { type ContainerContext, containerSpec, inheritedMounts } from './container-spec.js';
import type { ServiceDecision } from './decide-services.js';
import type { PlanBuilder } from './plan-builder.js';
import { gatesOf } from './plan-gates.js';
import { existing, isAlive, planRemoval } from './plan-removal.js';
import type { PlanTools, UpPolicy } from './policy.js';

/** Steps that were planned so far, by what they make. */
export interface MadeBefore {
  /** By engine name. */
  readonly networks: ReadonlyMap<string, number>;
  readonly volumes: ReadonlyMap<string, number>;
  /** By reference. */
  readonly images: ReadonlyMap<string, number>;
  /** Stops of running containers that restart because of a dependency, by container id. */
  readonly stops: ReadonlyMap<string, number>;
  /** By what is waited for; filled as services are planned. */
  readonly waits: Map<string, number>;
  /** By service name; filled as services are planned. */
  readonly services: Map<string, PlannedService>;
}

export interface PlannedService {
  /** All containers that the service will have, by number. */
  readonly containers: readonly ContainerRef[];
  /** Steps that start some of them. */
  readonly starts: readonly number[];
}

export interface ServiceContext {
  readonly project: Project;
  readonly graph: DependencyGraph;
  readonly observed: ObservedState;
  readonly policy: UpPolicy;
  readonly tools: PlanTools;
  readonly decisions: ReadonlyMap<string, ServiceDecision>;
  readonly made: MadeBefore;
}

interface Started {
  readonly number: number;
  readonly ref: ContainerRef;
  /** Steps that must be done before it can start; undefined: it runs already. */
  readonly startAfter: readonly (number | undefined)[] | undefined;
  readonly reason: Reason;
}

/** Plans the containers of one service: surplus goes, outdated is replaced, missing is made, what stands is started. */
export function planService(plan: PlanBuilder, decision: ServiceDecision, context: ServiceContext): void {
  const { service } = decision;
  const { policy, made } = context;
  for (const problem of missingParents(decision, context)) plan.problem(problem);
  const removals = decision.removed.map(({ container, reason }) => ({
    number: container.number,
    step: planRemoval(plan, container, { reason, timeoutSec: policy.stopTimeoutSec, service: service.name }),
  }));
  const containers = [
    ...decision.kept.map((kept) => keepContainer(plan, kept, removals, decision, context)),
    ...decision.replaced.map((replaced) => replaceContainer(plan, replaced, decision, context)),
    ...decision.missing.map((number) => createContainer(plan, number, decision, context)),
  ].sort((a, b) => a.number - b.number);
  const toStart =
    policy.start === 'start' ? containers.filter((entry) => entry.startAfter !== undefined) : [];
  const gates = gatesOf(plan, service.name, toStart.length > 0 ? 'starting' : 'running', context);
  const starts = toStart.map(({ ref, startAfter = [], reason }) =>
    plan.add(
      'start-container',
      { container: ref },
      {
        reason,
        after: [...startAfter, ...gates.after],
        afterSettled: gates.afterSettled,
        service: service.name,
      },
    ),
  );
  made.services.set(service.name, { containers: containers.map(({ ref }) => ref), starts });
}

function keepContainer(
  plan: PlanBuilder,
  { container, isMisnamed }: ServiceDecision['kept'][number],
  removals: readonly { number: number | undefined; step: number }[],
  { service }: ServiceDecision,
  { project, made, graph }: ServiceContext,
): Started {
  const ref = existing(container);
  const number = container.number ?? 1;
  if (isMisnamed) {
    const name = containerName(project.name, service, number);
    const after = removals.filter((removal) => removal.number === container.number).map(({ step }) => step);
    const reason: Reason = { kind: 'left-over' };
    plan.add('rename-container', { container: ref, name }, { reason, after, service: service.name });
  }
  const stop = made.stops.get(container.id);
  if (stop !== undefined) {
    const dependency = graph.dependenciesOf(service.name).find((edge) => edge.restart)?.to ?? '';
    return { number, ref, startAfter: [stop], reason: { kind: 'dependency-recreated', service: dependency } };
  }
  if (container.state === 'running' || container.state === 'restarting') {
    plan.note({ kind: 'kept', resource: 'container', name: container.name });
    return { number, ref, startAfter: undefined, reason: { kind: 'requested' } };
  }
  const reason: Reason = { kind: 'not-running', state: container.state, exitCode: container.exitCode };
  return { number, ref, startAfter: [], reason };
}

/**
 * Create under a temporary name, stop the old one, remove it, rename: a kill at any point leaves something that the
 * next run recognises by its labels and finishes.
 */
function replaceContainer(
  plan: PlanBuilder,
  { container: old, reason }: ServiceDecision['replaced'][number],
  decision: ServiceDecision,
  context: ServiceContext,
): Started {
  const { policy, project, graph, decisions, made } = context;
  const { service, desired } = decision;
  const number = old.number ?? 1;
  const finalName = containerName(project.name, service, number);
  const inherited =
    policy.anonymousVolumes === 'inherit' ? inheritedMounts(service, old, desired.image?.volumes ?? []) : [];
  const spec = containerSpec(service, number, inherited, containerContext(decision, context));
  const temporary = { ...spec, name: temporaryContainerName(old.id, finalName) };
  const create = plan.add(
    'create-container',
    { spec: temporary, replaces: old.name },
    { reason, after: creationAfter(decision, context), service: service.name },
  );
  const stopsBefore = dependentStops(service.name, graph, decisions, made);
  const remove = planRemoval(plan, old, {
    reason: { kind: 'replaced', by: create },
    timeoutSec: policy.stopTimeoutSec,
    after: [create, ...stopsBefore],
    service: service.name,
  });
  const ref: ContainerRef = { kind: 'planned', step: create, name: finalName };
  const rename = plan.add(
    'rename-container',
    { container: ref, name: finalName },
    { reason: { kind: 'created', step: create }, after: [remove], service: service.name },
  );
  return { number, ref, startAfter: [rename], reason: { kind: 'created', step: create } };
}

function createContainer(
  plan: PlanBuilder,
  number: number,
  decision: ServiceDecision,
  context: ServiceContext,
): Started {
  const { service } = decision;
  const isFirst = decision.kept.length + decision.replaced.length === 0;
  const spec = containerSpec(service, number, [], containerContext(decision, context));
  const reason: Reason = isFirst ? { kind: 'not-found' } : { kind: 'too-few', wanted: service.replicas };
  const create = plan.add(
    'create-container',
    { spec, replaces: undefined },
    { reason, after: creationAfter(decision, context), service: service.name },
  );
  const ref: ContainerRef = { kind: 'planned', step: create, name: spec.name };
  return { number, ref, startAfter: [create], reason: { kind: 'created', step: create } };
}

/** What a container refers to must be there when it is created. */
function creationAfter(
  { service }: ServiceDecision,
  { project, graph, made }: ServiceContext,
): (number | undefined)[] {
  const networks = [...service.networks.keys()].map((key) =>
    made.networks.get(project.networks.get(key)?.name ?? key),
  );
  const modeNetwork =
    service.networkMode?.kind === 'word' ? project.networks.get(service.networkMode.word) : undefined;
  const volumes = service.mounts.map((mount) =>
    made.volumes.get(project.volumes.get(mount.source ?? '')?.name ?? ''),
  );
  const containers = graph
    .dependenciesOf(service.name)
    .filter((edge) => edge.why !== 'depends_on')
    .flatMap((edge) => made.services.get(edge.to)?.containers ?? [])
    .map((ref) => (ref.kind === 'planned' ? ref.step : undefined));
  return [
    made.images.get(service.image),
    ...networks,
    modeNetwork === undefined ? undefined : made.networks.get(modeNetwork.name),
    ...volumes,
    ...containers,
  ];
}

/** Services whose namespace or volumes a new container should share, but that have no container and get none. */
function missingParents(
  decision: ServiceDecision,
  { project, graph, observed, made }: ServiceContext,
): Diagnostic[] {
  const { service, replaced, missing } = decision;
  if (replaced.length + missing.length === 0) return [];
  const hasContainer = (name: string) =>
    (made.services.get(name)?.containers.length ?? 0) > 0 ||
    observed.containers.some((container) => container.service === name && !container.isOneOff);
  return graph
    .dependenciesOf(service.name)
    .filter((edge) => edge.why !== 'depends_on' && edge.why !== 'links' && !hasContainer(edge.to))
    .map(({ to, why }): Diagnostic => {
      const span = project.origins.spanOf(['services', service.name, why]);
      return {
        code: 'apply/dependency-failed',
        severity: 'error',
        message: `service "${service.name}" cannot share ${why} with service "${to}": it has no container`,
        ...(span === undefined ? {} : { span }),
        hint: `start "${to}" too`,
      };
    });
}

function containerContext(decision: ServiceDecision, context: ServiceContext): ContainerContext {
  const { project, observed, tools, made } = context;
  const containersOf = (service: string): readonly ContainerRef[] =>
    made.services.get(service)?.containers ??
    observed.containers.filter((other) => other.service === service && !other.isOneOff).map(existing);
  return {
    project,
    tools,
    fingerprint: decision.desired.fingerprint,
    imageId: decision.desired.image?.id,
    refTo: (service) => containersOf(service)[0] ?? { kind: 'existing', id: '', name: service },
    containerNamesOf: (service) => containersOf(service).map((ref) => ref.name),
  };
}

/** Running containers that stay, but restart because a dependency with `restart: true` is replaced: stopped first. */
export function planStopsForRestart(
  plan: PlanBuilder,
  graph: DependencyGraph,
  decisions: ReadonlyMap<string, ServiceDecision>,
  policy: UpPolicy,
): Map<string, number> {
  const stops = new Map<string, number>();
  if (policy.start !== 'start') return stops;
  for (const decision of decisions.values()) {
    const cause = graph
      .dependenciesOf(decision.service.name)
      .find((edge) => edge.restart && (decisions.get(edge.to)?.replaced.length ?? 0) > 0);
    if (cause === undefined) continue;
    for (const { container } of decision.kept.filter(({ container }) => isAlive(container))) {
      const fields = { container: existing(container), timeoutSec: policy.stopTimeoutSec };
      const reason: Reason = { kind: 'dependency-recreated', service: cause.to };
      stops.set(container.id, plan.add('stop-container', fields, { reason, service: decision.service.name }));
    }
  }
  return stops;
}

function dependentStops(
  service: string,
  graph: DependencyGraph,
  decisions: ReadonlyMap<string, ServiceDecision>,
  made: MadeBefore,
): (number | undefined)[] {
  return graph
    .dependentsOf(service)
    .filter((edge) => edge.restart)
    .flatMap((edge) => decisions.get(edge.from)?.kept ?? [])
    .map(({ container }: { container: ObservedContainer }) => made.stops.get(container.id));
}
