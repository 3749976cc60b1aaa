import type { Surroundings } from '../../client/this-process.js';
import { type LockOwner, livenessOf, ownerHere, type ProcessTable } from '../../host/lock/lock-owner.js';
import type { ProjectLock } from '../../model/project-lock.js';
import { UsageError } from '../../problems/errors.js';
import type { StateFolder } from '../state-folder.js';

/** Where a stack is that several processes may use. */
export interface StackPlace {
  /** Of the engine. */
  readonly address: string;
  /** Name of the instance that it is. */
  readonly instance: string;
  readonly folder: StateFolder;
  readonly locks: Surroundings['locks'];
}

/**
 * Runs `body` while no other process enters or leaves the stack. It is not the lock of the project, which each change
 * takes for itself: what is to be brought up, and whether it is to go, must not change before that.
 */
export async function whileAlone<T>(
  place: StackPlace,
  signal: AbortSignal | undefined,
  body: () => Promise<T>,
): Promise<T> {
  const held = await lockOf(place).acquire(
    {
      engine: place.address,
      project: place.instance,
      command: 'tests',
      directory: place.folder.path,
    },
    signal,
  );
  try {
    return await body();
  } finally {
    await held.release();
  }
}

function lockOf({ locks, folder }: StackPlace): ProjectLock {
  return locks({
    waiting: () => {},
    impossible(why) {
      throw new UsageError(`a stack that is shared or reused needs a lock, and none can be kept: ${why}`, {
        hint: `see that ${folder.path} can be written`,
      });
    },
  });
}

/** Whether a process that is still there, as far as can be told from here, shares it. */
export async function isUsed(folder: StateFolder, processes: ProcessTable): Promise<boolean> {
  const members = await folder.members();
  if (members.length === 0) return false;
  const here = await ownerOf(processes, 0);
  const alive = await Promise.all(members.map((member) => livenessOf(member, here, processes)));
  return alive.some((liveness) => liveness !== 'gone');
}

/** What names this process, and this use of it. */
export function ownerOf(processes: ProcessTable, nowMs: number): Promise<LockOwner> {
  return ownerHere({ engine: '', project: '', command: 'tests', directory: '' }, processes, nowMs);
}
