import type { LockOwner, ProcessTable } from '../../host/lock/lock-owner.js';
import type { Unwatch } from '../watcher/watcher.js';
import { isUsed, type StackPlace, whileAlone } from './stack-lock.js';
import type { Stay } from './stay.js';

export interface SharedUse {
  readonly place: StackPlace;
  readonly owner: LockOwner;
  readonly processes: ProcessTable;
  readonly watch: (project: string) => Unwatch;
}

/** A stack of several processes: the first brings it up, and the last takes it down, or its watcher. */
export function sharedStay({ place, owner, processes, watch }: SharedUse): Stay {
  let unwatch: Unwatch | undefined;
  return {
    instance: place.instance,
    mark: { stay: 'shared', host: owner.host, instance: place.instance, folder: place.folder.path },
    ports: () => place.folder.ports(),
    keepPorts: (text) => place.folder.keepPorts(text),
    enter: (bringUp, signal) =>
      whileAlone(place, signal, async () => {
        await place.folder.join(owner);
        await bringUp((project) => {
          unwatch ??= watch(project);
        });
      }),
    async leave(takeDown) {
      await leaveShared(place, owner.id, processes, takeDown);
      await unwatch?.();
    },
  };
}

/** Ends one use of a shared stack, and with the last one the stack. */
export function leaveShared(
  place: StackPlace,
  member: string,
  processes: ProcessTable,
  takeDown: () => Promise<void>,
): Promise<void> {
  return whileAlone(place, undefined, async () => {
    await place.folder.leave(member);
    if (await isUsed(place.folder, processes)) return;
    await takeDown();
    await place.folder.forget();
  });
}
