import type { EndpointRequest } from '../../model/container-spec.js';
import { composeLabel, ownLabel } from '../../model/labels.js';
import type { ObservedContainer, ObservedState } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import type { NetworkSpec, Project } from '../../model/project.js';
import type { Diagnostic } from '../../problems/diagnostic.js';
import { containersByNetwork } from '../container/container-index.js';
import { endpointOf } from '../container/container-spec.js';
import { fingerprintOf, formatFingerprint } from '../container/fingerprint.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { PlanTools } from '../policy.js';
import { projectLabels } from '../project-labels.js';
import { existing } from '../step/plan-removal.js';
import { type NetworkDecision, networkFields } from './decide-network.js';

export interface PlannedNetworks {
  /** The step that makes each, by engine name. */
  readonly made: ReadonlyMap<string, number>;
  /** The steps that move a container over to networks that are made anew, by container id. */
  readonly connects: ReadonlyMap<string, readonly number[]>;
}

/** Plans the networks that were decided on. `leaving`: ids of containers that the plan removes or replaces. */
export function planNetworks(
  plan: PlanBuilder,
  decided: ReadonlyMap<string, NetworkDecision>,
  leaving: ReadonlySet<string>,
  { project, observed, tools }: { project: Project; observed: ObservedState; tools: PlanTools },
): PlannedNetworks {
  const attached = containersByNetwork(observed);
  const made = new Map<string, number>();
  const connects = new Map<string, number[]>();
  const replaced: NetworkSpec[] = [];
  for (const [key, decision] of decided) {
    const network = project.networks.get(key);
    if (network === undefined) continue;
    const fields = { network, labels: networkLabels(network, project, tools) };
    switch (decision.kind) {
      case 'refuse':
        plan.problem(decision.problem);
        break;
      case 'keep':
        plan.note({ kind: 'kept', resource: 'network', name: network.name });
        break;
      case 'share':
        plan.note({ kind: 'foreign-network', name: network.name, project: decision.owner });
        break;
      case 'create':
        made.set(network.name, plan.add('create-network', fields, { reason: decision.reason }));
        break;
      case 'replace': {
        const strangers = observed.strangersIn?.get(network.name) ?? [];
        if (strangers.length > 0) plan.problem(heldByOthers(network, strangers, project));
        const remove = planDetach(plan, network, decision, attached.get(network.name) ?? []);
        const create = plan.add('create-network', fields, { reason: decision.reason, after: [remove] });
        made.set(network.name, create);
        replaced.push(network);
      }
    }
  }
  for (const network of replaced) {
    // Those that are about to go need no connection any more.
    const staying = (attached.get(network.name) ?? []).filter(({ id }) => !leaving.has(id));
    for (const container of staying) {
      const connect = planReattach(plan, network, made, container, project);
      connects.set(container.id, [...(connects.get(container.id) ?? []), connect]);
    }
  }
  return { made, connects };
}

/** Ours could be moved over; those of others are not ours to touch, and while they run the network cannot go. */
function heldByOthers(
  network: NetworkSpec,
  strangers: readonly { readonly name: string }[],
  { origins }: Project,
): Diagnostic {
  const span = origins.spanOf(['networks', network.key]);
  const names = strangers.map(({ name }) => name).join(', ');
  return {
    code: 'engine/network-in-use',
    severity: 'error',
    message: `network ${network.name} must be made anew to be as the file says, and containers of others run in it: ${names}`,
    ...(span === undefined ? {} : { span }),
    hint: `stop them or take them off it (docker network disconnect ${network.name} ${strangers[0]?.name}), or give the network another "name:"`,
  };
}

/** Containers are moved over while they run: only connections over this network break, and only for that moment. */
function planDetach(
  plan: PlanBuilder,
  network: NetworkSpec,
  { id, reason }: { id: string; reason: Reason },
  attached: readonly ObservedContainer[],
): number {
  const moved: Reason = { kind: 'network-recreated', network: network.name };
  const disconnects = attached.map((container) =>
    plan.add(
      'disconnect-network',
      { network: network.name, container: existing(container) },
      { reason: moved, service: container.service },
    ),
  );
  return plan.add(
    'remove-network',
    { name: network.name, networkId: id, whenInUse: 'fail' },
    { reason, after: disconnects },
  );
}

/**
 * After all the networks of the container that are made anew: engines from 25 on connect it to none while the one that
 * it was created in is missing.
 */
function planReattach(
  plan: PlanBuilder,
  network: NetworkSpec,
  made: ReadonlyMap<string, number>,
  container: ObservedContainer,
  project: Project,
): number {
  return plan.add(
    'connect-network',
    { endpoint: reattachedEndpoint(network, container, project), container: existing(container) },
    {
      reason: { kind: 'network-recreated', network: network.name },
      after: [...container.networks.keys()].map((name) => made.get(name)),
      service: container.service,
    },
  );
}

function reattachedEndpoint(
  network: NetworkSpec,
  container: ObservedContainer,
  project: Project,
): EndpointRequest {
  const service = project.services.get(container.service) ?? project.inactiveServices.get(container.service);
  return endpointOf(service?.networks.get(network.key), {
    network: network.name,
    service: container.service,
    container: container.name,
  });
}

function networkLabels(network: NetworkSpec, project: Project, tools: PlanTools): Map<string, string> {
  const fingerprint = fingerprintOf(networkFields(network), tools.digest);
  return new Map([
    ...network.labels,
    ...projectLabels(project),
    [composeLabel.network, network.key],
    [composeLabel.version, tools.toolVersion],
    [ownLabel.fingerprint, formatFingerprint(fingerprint)],
  ]);
}
