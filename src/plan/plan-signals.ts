import type { DependencyGraph } from '../graph/dependency-graph.js';
import { selectServices } from '../graph/select.js';
import { isUp } from '../model/is-up.js';
import type { ObservedContainer } from '../model/observed.js';
import type { Plan, Reason } from '../model/plan.js';
import type { Project } from '../model/project.js';
import type { ObservedContainers } from './container/container-index.js';
import { PlanBuilder } from './plan-builder.js';
import { existing } from './step/plan-removal.js';

const requested: Reason = { kind: 'requested' };

export interface KillPolicy {
  /** Empty: all. */
  readonly services: readonly string[];
  /** Name with or without SIG, or number. */
  readonly unixSignal: string;
  /** `kill`: containers of services that the files do not have, too. */
  readonly orphans: 'keep' | 'kill';
}

/** Sends a signal to everything of these services that is up, paused ones and one-offs too, all at once. */
export function planKill(
  project: Project,
  graph: DependencyGraph,
  { containers }: ObservedContainers,
  { services, unixSignal, orphans }: KillPolicy,
): Plan {
  const plan = new PlanBuilder(project.name);
  const targets = new Set(selectServices(project, graph, services, 'without-dependencies').targets);
  const isMeant = ({ service }: ObservedContainer) =>
    targets.has(service) || (orphans === 'kill' && services.length === 0);
  for (const container of containers.filter((each) => isUp(each) && isMeant(each))) {
    const fields = { container: existing(container), unixSignal };
    plan.add('kill-container', fields, { reason: requested, service: container.service });
  }
  return plan.finish();
}

/** Freezes what runs, or wakes what is frozen, all at once. One-offs are left alone. */
export function planPause(
  project: Project,
  graph: DependencyGraph,
  { containers }: ObservedContainers,
  { verb, services }: { readonly verb: 'pause' | 'unpause'; readonly services: readonly string[] },
): Plan {
  const plan = new PlanBuilder(project.name);
  const targets = new Set(selectServices(project, graph, services, 'without-dependencies').targets);
  const state = verb === 'pause' ? 'running' : 'paused';
  for (const container of containers) {
    if (container.isOneOff || container.state !== state || !targets.has(container.service)) continue;
    const about = { reason: requested, service: container.service };
    plan.add(`${verb}-container`, { container: existing(container) }, about);
  }
  return plan.finish();
}
