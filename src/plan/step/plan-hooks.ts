import type { ContainerRef, Reason } from '../../model/plan.js';
import type { ServiceSpec } from '../../model/service.js';
import type { PlanBuilder } from '../plan-builder.js';

const requested: Reason = { kind: 'requested' };

/** The hooks of a service in one container, one after the other. Returns the last step; undefined: there is none. */
export function planHooks(
  plan: PlanBuilder,
  phase: 'post_start' | 'pre_stop',
  service: Pick<ServiceSpec, 'name' | 'postStart' | 'preStop'>,
  order: {
    readonly container: ContainerRef;
    readonly after: readonly number[];
    readonly afterSettled?: readonly number[];
  },
): number | undefined {
  let last: number | undefined;
  for (const hook of phase === 'post_start' ? service.postStart : service.preStop) {
    const first = { after: order.after, afterSettled: order.afterSettled ?? [] };
    const about = last === undefined ? first : { after: [last] };
    const fields = { container: order.container, hook, phase };
    last = plan.add('run-hook', fields, { ...about, reason: requested, service: service.name });
  }
  return last;
}
