import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import { hostname, platform } from 'node:os';
import { dirname } from 'node:path';
import type { HostFacts, StateFolder, WatchLimits } from '../../model/host-facts.js';
import { type LockSurroundings, lockDirectories } from '../lock/file-locks.js';
import { peekLock } from '../lock/peek-lock.js';
import { readListeners } from './listeners.js';

/** This machine. Who keeps a project is for whoever started the process to know. */
export function nodeHostFacts(surroundings: LockSurroundings): Omit<HostFacts, 'keeper'> {
  return {
    nodeVersion: process.version,
    platform: platform(),
    hostName: hostname(),
    async freeSpace(path) {
      try {
        const { bavail, blocks, bsize } = await statfs(path);
        return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
      } catch {
        return undefined;
      }
    },
    kindOf,
    listeners: readListeners,
    watchLimits,
    stateFolder: () => stateFolder(surroundings),
    lockHolder: (claim) => peekLock(claim, surroundings).catch(() => undefined),
  };
}

async function kindOf(path: string): ReturnType<HostFacts['kindOf']> {
  try {
    const found = await stat(path);
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'directory' : 'other';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'hidden';
  }
}

async function watchLimits(): Promise<WatchLimits | undefined> {
  const limit = async (name: string) =>
    Number.parseInt(await readFile(`/proc/sys/fs/inotify/${name}`, 'utf8'), 10);
  try {
    const [watches, instances] = await Promise.all([limit('max_user_watches'), limit('max_user_instances')]);
    return { watches, instances };
  } catch {
    return undefined;
  }
}

/** The folder of locks may not be there yet: then the first above it that is there decides. */
async function stateFolder(surroundings: LockSurroundings): Promise<StateFolder> {
  const [path = '/'] = lockDirectories(surroundings);
  for (let folder = path; ; folder = dirname(folder)) {
    const kind = await kindOf(folder);
    if (kind === 'missing' && folder !== dirname(folder)) continue;
    const mayWrite = await access(folder, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    );
    return { path, isWritable: kind === 'directory' && mayWrite };
  }
}
