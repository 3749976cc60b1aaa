import type { Engine } from '../engine/engine.js';
import type { ProjectLock } from '../model/project-lock.js';
import { noLockWarning, waitingLine } from '../report/lock-words.js';
import type { Session } from '../session.js';
import type { CommandContext } from './command-context.js';
import type { Interrupts } from './interrupts.js';
import { parallelLimit } from './parallel-limit.js';

/** A session that only looks and plans. */
export function lookingSession({ io, globals }: CommandContext, engine: Engine) {
  const { clock, buildPlaces } = io;
  const looking = { engine, clock, buildPlaces } satisfies Partial<Session>;
  // Who adopts need not be told one from the other.
  return globals.adopt === true ? looking : { ...looking, places: io.load };
}

/** A session that changes things: it reports, ends with Ctrl-C, and keeps other commands waiting. */
export function changingSession(context: CommandContext, engine: Engine, interrupts: Interrupts): Session {
  return {
    ...lookingSession(context, engine),
    programs: context.io.programs,
    emit: context.reporter.report.bind(context.reporter),
    lock: lockOf(context),
    ...parallelLimit(context),
    ...interrupts,
  };
}

function lockOf({ io, reporter }: CommandContext): ProjectLock {
  return io.locks({
    waiting: (holder) => reporter.tell(waitingLine(holder, io.clock.nowMs())),
    impossible: (why) => reporter.warn(noLockWarning(why)),
  });
}
