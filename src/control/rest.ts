import type { ContainerNews, WakeReason } from '../model/control.js';
import type { Rest } from './coalesce.js';

const eventRestMs = 50;
/** Editors write in several goes: a truncated file is no file to read. */
const fileRestMs = 100;
/** Engines take a container off its networks before they say that it has ended. */
const leavingRestMs = 300;
/** A container that was killed: `stop` says that it is to stay like that, `destroy` that it was only in the way. */
const killedRestMs = 1000;
/** Another tool is at work on the project: what it has begun, it shall finish. */
const foreignRestMs = 1000;
const maxWaitMs = 2000;
const maxForeignWaitMs = 15_000;

/** How long the loop rests before a pass. `made` are the containers that it made itself. */
export function restOf(made: ReadonlySet<string>): Rest {
  const isForeign = (reasons: readonly WakeReason[]) => isOthersWork(newsOf(reasons), made);
  return {
    restMs(reasons) {
      // What the engine remembers of the past needs no rest.
      if (reasons.some(({ kind }) => kind === 'begin')) return eventRestMs;
      if (isForeign(reasons)) return foreignRestMs;
      if (isKilled(newsOf(reasons))) return killedRestMs;
      if (isLeaving(reasons)) return leavingRestMs;
      return reasons.some(({ kind }) => kind === 'file') ? fileRestMs : eventRestMs;
    },
    maxWaitMs: (reasons) => (isForeign(reasons) ? maxForeignWaitMs : maxWaitMs),
  };
}

function newsOf(reasons: readonly WakeReason[]): ContainerNews[] {
  return reasons.filter((reason): reason is ContainerNews => reason.kind === 'container');
}

/** Containers appear that we did not make, or go after they were stopped: an `up` or a `down`. */
function isOthersWork(news: readonly ContainerNews[], made: ReadonlySet<string>): boolean {
  const stopped = idsOf(news, 'stop');
  const makes = ({ action, id }: ContainerNews) => action === 'create' && !made.has(id);
  const takesAway = ({ action, id }: ContainerNews) => action === 'destroy' && stopped.has(id);
  return news.some((each) => makes(each) || takesAway(each));
}

/** It has ended after a signal, and nothing says yet what for. */
function isKilled(news: readonly ContainerNews[]): boolean {
  const settled = idsOf(news, 'stop', 'destroy', 'start');
  const died = idsOf(news, 'die');
  return [...idsOf(news, 'kill')].some((id) => died.has(id) && !settled.has(id));
}

/** It was taken off a network, and may be about to end. */
function isLeaving(reasons: readonly WakeReason[]): boolean {
  const ended = idsOf(newsOf(reasons), 'die', 'destroy');
  return reasons.some(
    (reason) =>
      reason.kind === 'resource' && reason.containerId !== undefined && !ended.has(reason.containerId),
  );
}

function idsOf(news: readonly ContainerNews[], ...actions: readonly string[]): Set<string> {
  return new Set(news.flatMap(({ action, id }) => (actions.includes(action) ? [id] : [])));
}
