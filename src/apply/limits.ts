import type { Plan } from '../model/plan.js';
import type { StepLimits } from './slots.js';

/**
 * Starts at once for each processor of the engine's machine. Starting a container is bound by the CPU: with fewer some
 * processors idle, with many more all starts get slower, also for other clients of the engine. Measured in
 * docs/performance.md, again with `npm run bench -- limits`.
 */
const startsPerCore = 8;

/**
 * Making a container takes a tenth of the time of a start, and the sooner the first ones are made the sooner starts
 * keep the processors busy: many creations at once only hold each other up.
 */
const creationsPerCore = 2;

/** No engine becomes faster beyond this; its other clients only have to wait. */
const mostStarts = 64;

/** More than these are worth the question how many processors there are: fewer never meet the limit. */
const manyStarts = 8;

/** Whether the number of processors matters. */
export function startsMany({ steps }: Plan): boolean {
  return steps.filter(({ kind }) => kind === 'start-container').length > manyStarts;
}

/**
 * The limits of a run. A person's own number stands for all kinds together, instead of ours. `cores` undefined: two,
 * which nearly every machine has.
 */
export function stepLimits(maxParallel: number | undefined, cores = 2): StepLimits {
  if (maxParallel !== undefined) return { ofKind: {}, inAll: maxParallel };
  const starts = Math.min(mostStarts, startsPerCore * cores);
  return {
    ofKind: {
      'create-container': Math.min(mostStarts, creationsPerCore * cores),
      'start-container': starts,
      'restart-container': starts,
      'stop-container': starts,
      'remove-container': starts,
      'pull-image': 4,
      'push-image': 4,
      'build-image': 4,
    },
    inAll: undefined,
  };
}
