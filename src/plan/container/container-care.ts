import type { ObservedContainer } from '../../model/observed.js';
import type { Reason } from '../../model/plan.js';
import type { ServiceSpec } from '../../model/service.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { ContainerCare, UpPolicy } from '../policy.js';
import { planHooks } from '../step/plan-hooks.js';
import { existing } from '../step/plan-removal.js';

type Known = Pick<ObservedContainer, 'id'>;

/** A person wants it to be as it is. */
export function isUntouched({ id }: Known, care: ContainerCare | undefined): boolean {
  return care?.untouched.has(id) === true;
}

/** It is not started, so that nobody may wait for it either. */
export function isHeld({ id }: Known, care: ContainerCare | undefined): boolean {
  return care?.untouched.has(id) === true || care?.unstarted.has(id) === true;
}

/** Why a container that is as the files say is replaced all the same. */
export function ailment({ id }: Known, care: ContainerCare | undefined): Reason | undefined {
  return care?.remedies.get(id) === 'recreate' ? { kind: 'unhealthy' } : undefined;
}

/** Restarts a container that is not well, with its hooks. */
export function planCure(
  plan: PlanBuilder,
  container: ObservedContainer,
  service: ServiceSpec,
  { care, stopTimeoutSec }: UpPolicy,
): void {
  if (care?.remedies.get(container.id) !== 'restart') return;
  const ref = existing(container);
  const before = planHooks(plan, 'pre_stop', service, { container: ref, after: [] });
  const restart = plan.add(
    'restart-container',
    { container: ref, timeoutSec: stopTimeoutSec },
    {
      reason: { kind: 'unhealthy' },
      after: before === undefined ? [] : [before],
      service: service.name,
    },
  );
  planHooks(plan, 'post_start', service, { container: ref, after: [restart] });
}
