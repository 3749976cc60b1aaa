import type { ContainerRef, GrantedFile, Reason } from '../../model/plan.js';
import type { Project } from '../../model/project.js';
import type { ServiceSpec } from '../../model/service.js';
import { grantedFiles } from '../container/granted-files.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { Gates } from './plan-gates.js';
import { planHooks } from './plan-hooks.js';

/** A container that does not run and should. */
export interface ToStart {
  readonly ref: ContainerRef;
  /** Steps that must be done before; undefined entries stand for "nothing to wait for". */
  readonly startAfter: readonly (number | undefined)[];
  readonly reason: Reason;
}

/**
 * Starts containers of one service, each with what must be put into it first and its post_start hooks afterwards.
 * Returns the last step of each.
 */
export function planStarts(
  plan: PlanBuilder,
  service: ServiceSpec,
  toStart: readonly ToStart[],
  gates: Gates,
  project: Project,
): number[] {
  const files = grantedFiles(service, project);
  return toStart.map((entry) => {
    const { ref, startAfter, reason } = entry;
    const written = isFresh(entry) ? planFiles(plan, service.name, ref, files) : undefined;
    const after = [...startAfter, ...gates.after, written];
    const about = { reason, after, afterSettled: gates.afterSettled, service: service.name };
    const start = plan.add('start-container', { container: ref }, about);
    return planHooks(plan, 'post_start', service, { container: ref, after: [start] }) ?? start;
  });
}

/** Never started: nothing has been put into it, or a kill may have come between. */
function isFresh({ ref, reason }: ToStart): boolean {
  return ref.kind === 'planned' || (reason.kind === 'not-running' && reason.state === 'created');
}

/** Puts files into a new container. Returns the step; undefined: there are none. */
export function planFiles(
  plan: PlanBuilder,
  service: string,
  container: ContainerRef,
  files: readonly GrantedFile[],
): number | undefined {
  if (files.length === 0) return undefined;
  const isPlanned = container.kind === 'planned';
  const reason: Reason = isPlanned ? { kind: 'created', step: container.step } : { kind: 'requested' };
  const after = isPlanned ? [container.step] : [];
  return plan.add('write-files', { container, files }, { reason, after, service });
}
