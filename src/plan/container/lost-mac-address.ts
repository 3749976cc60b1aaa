import { isApiAtLeast } from '../../model/engine-requirements.js';
import type { ObservedState } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import type { PlanTools } from '../policy.js';
import { decideNetwork } from '../resource/decide-network.js';
import { networksInOrder } from './container-spec.js';

/**
 * A network that is made anew and on which a running container would not get its own hardware address again. From API
 * 1.44 on the address belongs to the endpoint, and until 1.54 a later connection takes it without a word and gives
 * another one (measured on Docker 26.1 and 28.5): only a new container has it.
 */
export function lostMacAddress(
  service: ServiceSpec,
  project: Project,
  observed: ObservedState,
  tools: PlanTools,
): Reason | undefined {
  const { apiVersion } = observed.engine;
  if (!isApiAtLeast(apiVersion, '1.44') || isApiAtLeast(apiVersion, '1.54')) return undefined;
  const pinned = networksInOrder(service).filter(
    ([, { macAddress }], index) =>
      macAddress !== undefined || (index === 0 && service.macAddress !== undefined),
  );
  for (const [key] of pinned) {
    const network = project.networks.get(key);
    if (network === undefined) continue;
    if (decideNetwork(network, project, observed, tools).kind === 'replace') {
      return { kind: 'network-recreated', network: network.name };
    }
  }
  return undefined;
}
