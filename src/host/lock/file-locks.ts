import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Clock } from '../../model/clock.js';
import type { HeldLock, LockClaim, LockHolder, LockNews, ProjectLock } from '../../model/project-lock.js';
import { CancelledError } from '../../problems/errors.js';
import { DirectoryChanges } from './directory-changes.js';
import { type Attempt, LockFile } from './lock-file.js';
import { ownerHere, type ProcessTable } from './lock-owner.js';

/** What of the outside decides where locks are, and who we are. */
export interface LockSurroundings {
  readonly environment: ReadonlyMap<string, string>;
  readonly homeDir: string;
  readonly clock: Clock;
  readonly processes: ProcessTable;
}

type Taken = Extract<Attempt, { kind: 'taken' }>;

/** A release is seen at once; that an owner has died, or a look was missed, after this time. */
const lookAgainMs = 250;

/**
 * Locks as files in a directory of this user: `$XDG_STATE_HOME/tscompose/locks`, where it cannot be written to
 * `$XDG_RUNTIME_DIR/tscompose/locks`. They hold between the processes of one user on one machine, whatever the
 * directory that they were started in; over a home directory on the network between machines too.
 */
export function fileLocks(surroundings: LockSurroundings, news: LockNews): ProjectLock {
  return {
    async acquire(claim, signal) {
      const failures: string[] = [];
      for (const directory of lockDirectories(surroundings)) {
        try {
          return await acquireIn(directory, claim, surroundings, news, signal);
        } catch (error) {
          if (!(error instanceof Error) || !('syscall' in error)) throw error;
          failures.push(error.message);
        }
      }
      news.impossible(failures[0] ?? 'there is no home directory');
      return { release: async () => {} };
    },
  };
}

/** The state directory comes first although it outlives a restart: it is the same whether there is a login or not. */
export function lockDirectories(surroundings: Pick<LockSurroundings, 'environment' | 'homeDir'>): string[] {
  return stateFolders(surroundings).map((folder) => join(folder, 'locks'));
}

/** Where this user's programs may keep what they know, the best place first. */
export function stateFolders({
  environment,
  homeDir,
}: Pick<LockSurroundings, 'environment' | 'homeDir'>): string[] {
  const stateDir = environment.get('XDG_STATE_HOME') || (homeDir === '' ? '' : join(homeDir, '.local/state'));
  const runtimeDir = environment.get('XDG_RUNTIME_DIR') ?? '';
  return [stateDir, runtimeDir].filter((dir) => dir !== '').map((dir) => join(dir, 'tscompose'));
}

/** `app-<digest of the engine>.lock`: project names have no characters that file names cannot have. */
export function lockFileName({ project, engine }: Pick<LockClaim, 'project' | 'engine'>): string {
  return `${project}-${createHash('sha256').update(engine).digest('hex').slice(0, 12)}.lock`;
}

async function acquireIn(
  directory: string,
  claim: LockClaim,
  { clock, processes }: LockSurroundings,
  news: LockNews,
  signal: AbortSignal | undefined,
): Promise<HeldLock> {
  const path = join(directory, lockFileName(claim));
  const file = new LockFile(path, await ownerHere(claim, processes, clock.nowMs()), processes);
  try {
    await file.prepare();
    const first = await file.take();
    if (first.kind === 'taken') await waitFor(file, path, first, news, signal);
  } finally {
    await file.forget().catch(() => {});
  }
  // Who cannot remove it any more leaves an owner that is gone, which the next one takes over from.
  return { release: () => file.release().catch(() => {}) };
}

async function waitFor(
  file: LockFile,
  path: string,
  first: Taken,
  news: LockNews,
  signal: AbortSignal | undefined,
): Promise<void> {
  const changes = new DirectoryChanges(join(path, '..'), basename(path));
  try {
    news.waiting(holderOf(first, path));
    for (let attempt: Attempt = first; attempt.kind === 'taken'; attempt = await file.take()) {
      await changes.next(lookAgainMs, signal);
      if (signal?.aborted === true) throw new CancelledError();
    }
  } finally {
    changes.close();
  }
}

export function holderOf({ owner, liveness }: Pick<Taken, 'owner' | 'liveness'>, path: string): LockHolder {
  const { command, directory, pid, host, sinceMs } = owner;
  return { command, directory, pid, sinceMs, path, otherHost: liveness === 'unknown' ? host : undefined };
}
