import type { ObservedContainer } from '../model/observed.js';
import type { ContainerRef, Reason } from '../model/plan.js';
import type { PlanBuilder } from './plan-builder.js';

export interface Removal {
  readonly reason: Reason;
  readonly timeoutSec: number | undefined;
  readonly after?: readonly (number | undefined)[];
  readonly afterSettled?: readonly number[];
  readonly service?: string;
  readonly anonymousVolumes?: 'keep' | 'remove';
}

export function existing(container: Pick<ObservedContainer, 'id' | 'name'>): ContainerRef {
  return { kind: 'existing', id: container.id, name: container.name };
}

/** Whether there is a process to stop. */
export function isAlive(container: ObservedContainer): boolean {
  return container.state === 'running' || container.state === 'paused' || container.state === 'restarting';
}

/** Stops a container, if it runs, and removes it. Returns the id of the removal. */
export function planRemoval(plan: PlanBuilder, container: ObservedContainer, removal: Removal): number {
  const { reason, timeoutSec, after = [], afterSettled = [], service } = removal;
  const about = { reason, ...(service === undefined ? {} : { service }) };
  const ref = existing(container);
  const first = { ...about, after, afterSettled };
  const stop = isAlive(container)
    ? plan.add('stop-container', { container: ref, timeoutSec }, first)
    : undefined;
  return plan.add(
    'remove-container',
    { container: ref, anonymousVolumes: removal.anonymousVolumes ?? 'keep' },
    stop === undefined ? first : { ...about, after: [stop] },
  );
}
