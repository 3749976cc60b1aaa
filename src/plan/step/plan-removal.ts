import { isUp } from '../../model/is-up.js';
import type { ObservedContainer } from '../../model/observed.js';
import type { ContainerRef, Reason } from '../../model/plan.js';
import type { ServiceSpec } from '../../model/service.js';
import type { PlanBuilder } from '../plan-builder.js';
import { planHooks } from './plan-hooks.js';

export interface Removal {
  readonly reason: Reason;
  readonly timeoutSec: number | undefined;
  readonly after?: readonly (number | undefined)[];
  readonly afterSettled?: readonly number[];
  readonly service?: string;
  readonly anonymousVolumes?: 'keep' | 'remove';
  /** Whose pre_stop hooks run before the stop; undefined: none. */
  readonly hooksOf?: ServiceSpec | undefined;
}

export function existing(container: Pick<ObservedContainer, 'id' | 'name'>): ContainerRef {
  return { kind: 'existing', id: container.id, name: container.name };
}

/** The steps after which a container no longer runs, and no longer is. */
export interface RemovalSteps {
  readonly ended: number;
  readonly removed: number;
}

/** Stops a container, if it runs, and removes it. */
export function planRemoval(plan: PlanBuilder, container: ObservedContainer, removal: Removal): RemovalSteps {
  const { reason, after = [], afterSettled = [], service } = removal;
  const about = { reason, ...(service === undefined ? {} : { service }) };
  const ref = existing(container);
  const first = { ...about, after, afterSettled };
  const stop = isUp(container) ? planStopping(plan, container, removal) : undefined;
  const removed = plan.add(
    'remove-container',
    { container: ref, anonymousVolumes: removal.anonymousVolumes ?? 'keep' },
    stop === undefined ? first : { ...about, after: [stop] },
  );
  return { ended: stop ?? removed, removed };
}

/** The pre_stop hooks, if asked for, and the stop. Returns the stop. */
export function planStopping(
  plan: PlanBuilder,
  container: ObservedContainer,
  { reason, timeoutSec, after = [], afterSettled = [], service, hooksOf }: Removal,
): number {
  const ref = existing(container);
  const order = { container: ref, after: after.filter((step) => step !== undefined), afterSettled };
  const hooked =
    hooksOf === undefined || container.state !== 'running'
      ? undefined
      : planHooks(plan, 'pre_stop', hooksOf, order);
  const about = hooked === undefined ? { after, afterSettled } : { after: [hooked] };
  return plan.add(
    'stop-container',
    { container: ref, timeoutSec },
    { ...about, reason, ...(service === undefined ? {} : { service }) },
  );
}
