import type { LockHolder } from '../model/project-lock.js';
import { durationWords } from './duration-words.js';
import type { ProgressLine } from './wording.js';

/** Who keeps a command waiting. */
export function waitingLine(holder: LockHolder, nowMs: number): ProgressLine {
  const { command, directory, pid, otherHost, sinceMs, path } = holder;
  const where = otherHost === undefined ? '' : ` on ${otherHost}`;
  const since = durationWords(Math.max(0, nowMs - sinceMs)).toLowerCase();
  const details = `for "${command}" of process ${pid}${where}, which began ${since} ago in ${directory}`;
  // Whether a process of another machine still runs cannot be told from here.
  const wayOut =
    otherHost === undefined || path === undefined ? '' : `; if it is not there any more, remove ${path}`;
  return { id: 'Another command', status: 'Working', text: 'Waiting', details: `${details}${wayOut}` };
}

/** That a command goes on without a lock. */
export function noLockWarning(why: string): string {
  return `no lock can be kept (${why}): make sure that no other command changes this project now`;
}
