import type { Owner } from '../test-mark.js';
import type { Unwatch } from '../watcher/watcher.js';
import type { Stay } from './stay.js';

/** A stack of this process alone: it goes when it is left, or with the process. */
export function ownStay(instance: string, owner: Owner, watch: (project: string) => Unwatch): Stay {
  let unwatch: Unwatch | undefined;
  return {
    instance,
    mark: { stay: 'own', owner },
    ports: async () => undefined,
    keepPorts: async () => {},
    enter: (bringUp) =>
      bringUp((project) => {
        unwatch ??= watch(project);
      }),
    async leave(takeDown) {
      // What could not be taken down, the watcher tries again in the end.
      await takeDown();
      await unwatch?.();
    },
  };
}
