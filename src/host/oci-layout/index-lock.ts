import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryChanges } from '../lock/directory-changes.js';

/** An index is written in milliseconds: whoever holds the lock for so long was ended meanwhile. */
const patienceMs = 3000;

/** Where `docker buildx` has its lock too. */
const lockName = 'index.json.lock';

/** Does something that nobody else does to the index of a layout at the same time, in whatever process. */
export async function withIndexLock<T>(root: string, work: () => Promise<T>): Promise<T> {
  const path = join(root, lockName);
  const token = randomUUID();
  const own = join(root, `${lockName}.${token}`);
  try {
    await writeFile(own, token);
    await take(root, own);
    return await work();
  } finally {
    if ((await holderOf(path)) === token) await rm(path, { force: true });
    await rm(own, { force: true });
  }
}

async function take(root: string, own: string): Promise<void> {
  const path = join(root, lockName);
  const changes = new DirectoryChanges(root, lockName);
  let holder: string | undefined;
  let patience = AbortSignal.timeout(patienceMs);
  try {
    while (!(await isTaken(own, path))) {
      const found = await holderOf(path);
      if (found !== holder) patience = AbortSignal.timeout(patienceMs);
      holder = found;
      if (patience.aborted) await rm(path, { force: true });
      else if (found !== undefined) await changes.next(patienceMs, patience);
    }
  } finally {
    changes.close();
  }
}

/** A link is there at once with what tells who made it. Where there are no links, the last one to write wins. */
async function isTaken(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) return true;
    if (code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
