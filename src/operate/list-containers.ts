import { isUp } from '../model/is-up.js';
import type { ContainerState, ObservedContainer } from '../model/observed.js';

/** Which containers of a project people want to see. */
export interface ContainerFilter {
  /** Empty: all. */
  readonly services: readonly string[];
  /** `running`: no stopped ones and no one-offs. */
  readonly scope: 'running' | 'all';
  /** Only in these states; empty: as `scope` says. */
  readonly states: readonly ContainerState[];
  /** Services that the files have; containers of others are left out. undefined: nobody is an orphan. */
  readonly known: ReadonlySet<string> | undefined;
}

/** A container that is paused or in the pause before a restart counts as running: it is up as far as people care. */
export function filterContainers(
  containers: readonly ObservedContainer[],
  filter: ContainerFilter,
): ObservedContainer[] {
  const isWanted = ({ service, state, isOneOff }: ObservedContainer): boolean => {
    if (filter.services.length > 0 && !filter.services.includes(service)) return false;
    if (filter.known !== undefined && !filter.known.has(service)) return false;
    if (filter.states.length > 0) return filter.states.includes(state);
    if (filter.scope === 'all') return true;
    return !isOneOff && isUp({ state });
  };
  return containers.filter(isWanted);
}
