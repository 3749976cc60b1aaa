import type { ContainerState } from './observed.js';

/** Whether it has a process, or is about to have one again. */
export function isUp({ state }: { readonly state: ContainerState }): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}
