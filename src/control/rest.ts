import type { ContainerNews, WakeReason } from '../model/control.js';
import type { Rest } from './coalesce.js';

const eventRestMs = 50;
/** Editors write in several goes: a truncated file is no file to read. */
const fileRestMs = 100;
/** Another tool is at work on the project: what it has begun, it shall finish. */
const foreignRestMs = 1000;
const maxWaitMs = 2000;
const maxForeignWaitMs = 15_000;

/** How long the loop rests before a pass. `made` are the containers that it made itself. */
export function restOf(made: ReadonlySet<string>): Rest {
  const isForeign = (reasons: readonly WakeReason[]) => isOthersWork(reasons, made);
  return {
    restMs(reasons) {
      if (isForeign(reasons)) return foreignRestMs;
      return reasons.some(({ kind }) => kind === 'file') ? fileRestMs : eventRestMs;
    },
    maxWaitMs: (reasons) => (isForeign(reasons) ? maxForeignWaitMs : maxWaitMs),
  };
}

/** Containers appear that we did not make, or go after they were stopped: an `up` or a `down`. */
function isOthersWork(reasons: readonly WakeReason[], made: ReadonlySet<string>): boolean {
  const news = reasons.filter((reason): reason is ContainerNews => reason.kind === 'container');
  const stopped = new Set(news.filter(({ action }) => action === 'stop').map(({ id }) => id));
  const makes = ({ action, id }: ContainerNews) => action === 'create' && !made.has(id);
  const takesAway = ({ action, id }: ContainerNews) =>
    action === 'destroy' && stopped.has(id) && !made.has(id);
  return news.some((each) => makes(each) || takesAway(each));
}
