import type { StepLimits } from './slots.js';

/**
 * How many steps of a kind run at once unless a person says otherwise. Measured in docs/performance.md: starting a
 * container is bound by the CPU of the engine's machine, and more than a few at a time make all of them slower, also
 * for other clients of the engine.
 */
const defaultLimits: StepLimits = {
  ofKind: {
    'create-container': 8,
    'start-container': 8,
    'restart-container': 8,
    'stop-container': 16,
    'remove-container': 8,
    'pull-image': 4,
  },
  inAll: undefined,
};

/** The limits of a run. A person's own number stands for all kinds together, instead of ours. */
export function stepLimits(maxParallel: number | undefined): StepLimits {
  return maxParallel === undefined ? defaultLimits : { ofKind: {}, inAll: maxParallel };
}
