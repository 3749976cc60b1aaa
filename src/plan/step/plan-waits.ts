import type { DependencyGraph } from '../../graph/dependency-graph.js';
import type { ServiceSpec } from '../../model/service.js';
import type { MadeBefore } from '../container/service-context.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { UpPolicy } from '../policy.js';
import { planWait } from './plan-gates.js';

/**
 * For `--wait`: the plan ends once every service is what people call up. A service that another one waits for to
 * complete is a job: it is up when it has ended well.
 */
export function planWaits(
  plan: PlanBuilder,
  { graph, services }: { graph: DependencyGraph; services: ReadonlyMap<string, ServiceSpec> },
  made: Pick<MadeBefore, 'waits' | 'services'>,
  policy: Pick<UpPolicy, 'wait' | 'start'>,
): void {
  // What is only created never becomes healthy.
  if (policy.wait === 'none' || policy.start === 'create-only') return;
  for (const [name, service] of made.services) {
    if (service.containers.length === 0) continue;
    const isJob = isJobFor(name, graph) || services.get(name)?.kind === 'job';
    const condition = isJob ? 'service_completed_successfully' : 'running_or_healthy';
    // A dependent may wait for it already.
    const gate = isJob ? condition : 'service_healthy';
    if (made.waits.has(`${name} ${gate} true`)) continue;
    planWait(plan, name, service, { condition, need: 'required', neededBy: [] });
  }
}

function isJobFor(name: string, graph: DependencyGraph): boolean {
  return graph.dependentsOf(name).some((edge) => edge.condition === 'service_completed_successfully');
}
