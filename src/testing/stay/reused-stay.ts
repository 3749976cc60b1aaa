import type { Clock } from '../../model/clock.js';
import { type StackPlace, whileAlone } from './stack-lock.js';
import type { Stay } from './stay.js';

/** A stack that stays, for the next run: nobody takes it down before it has been idle for long. */
export function reusedStay(place: StackPlace, host: string, clock: Clock): Stay {
  return {
    instance: place.instance,
    mark: { stay: 'reused', host, instance: place.instance, folder: place.folder.path },
    ports: () => place.folder.ports(),
    keepPorts: (text) => place.folder.keepPorts(text),
    enter: (bringUp, signal) =>
      whileAlone(place, signal, async () => {
        await place.folder.use(clock.nowMs());
        await bringUp(() => {});
      }),
    leave: () => place.folder.use(clock.nowMs()),
  };
}
