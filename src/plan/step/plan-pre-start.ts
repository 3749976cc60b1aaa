import type { GrantedFile } from '../../model/plan.js';
import type { ServiceSpec } from '../../model/service.js';
import type { ContainerIndex } from '../container/container-index.js';
import type { ContainerContext } from '../container/container-spec.js';
import { grantedFiles } from '../container/granted-files.js';
import { type PreStartRun, preStartSpec } from '../container/pre-start-spec.js';
import type { PlanBuilder } from '../plan-builder.js';
import type { Gates } from './plan-gates.js';
import { planRemoval } from './plan-removal.js';
import type { ToStart } from './plan-starts.js';

/** A replica that is about to start. */
export type StartingReplica = ToStart & { readonly number: number };

export interface PreStartContext extends Omit<ContainerContext, 'fingerprint' | 'imageId'> {
  readonly containers: ContainerIndex;
  /** By reference. */
  readonly images: ReadonlyMap<string, number>;
  readonly stopTimeoutSec: number | undefined;
}

/**
 * Runs the pre_start steps of a service one after the other, before the first of its containers starts. While another
 * replica runs, only those that are for every replica run: what the service needs as a whole has been done. Returns
 * the gates of the starts: nothing starts when a step fails.
 */
export function planPreStart(
  plan: PlanBuilder,
  service: ServiceSpec,
  toStart: readonly StartingReplica[],
  others: 'running' | 'none',
  gates: Gates,
  context: PreStartContext,
): Gates {
  const cleared = planLeftOverHooks(plan, service.name, context);
  const files = grantedFiles(service, context.project);
  const ready = toStart.flatMap(({ startAfter }) => startAfter);
  let last: number | undefined;
  for (const run of preStartRuns(service, toStart, others)) {
    const image = context.images.get(run.hook.image ?? service.image);
    const first = {
      after: [...cleared, ...ready, ...gates.after, image],
      afterSettled: gates.afterSettled,
    };
    last = planRun(plan, service, run, files, last === undefined ? first : { after: [last, image] }, context);
  }
  return last === undefined ? gates : { after: [...gates.after, last], afterSettled: gates.afterSettled };
}

function planRun(
  plan: PlanBuilder,
  service: ServiceSpec,
  run: PreStartRun,
  files: readonly GrantedFile[],
  order: { readonly after: readonly (number | undefined)[]; readonly afterSettled?: readonly number[] },
  context: PreStartContext,
): number {
  const { hook, index } = run;
  return plan.add(
    'run-pre-start',
    { spec: preStartSpec(service, run, context), hook, index, files },
    { ...order, reason: { kind: 'needed-by', services: [service.name] }, service: service.name },
  );
}

function preStartRuns(
  service: ServiceSpec,
  toStart: readonly StartingReplica[],
  others: 'running' | 'none',
): PreStartRun[] {
  const [first] = toStart;
  if (first === undefined) return [];
  return service.preStart.flatMap((hook, index): PreStartRun[] => {
    if (hook.isPerReplica) return toStart.map(({ ref, number }) => ({ hook, index, replica: ref, number }));
    return others === 'none' ? [{ hook, index, replica: first.ref, number: undefined }] : [];
  });
}

/** Containers of steps that failed, which are kept for a look at them, and of runs that were killed. */
function planLeftOverHooks(
  plan: PlanBuilder,
  service: string,
  { containers, stopTimeoutSec }: PreStartContext,
): number[] {
  return containers.hooksOf(service).map(
    (container) =>
      planRemoval(plan, container, {
        reason: { kind: 'left-over' },
        timeoutSec: stopTimeoutSec,
        service,
        anonymousVolumes: 'remove',
      }).removed,
  );
}
