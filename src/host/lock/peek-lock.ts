import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockClaim, LockHolder } from '../../model/project-lock.js';
import { holderOf, type LockSurroundings, lockDirectories, lockFileName } from './file-locks.js';
import { livenessOf, ownerHere, parseOwner } from './lock-owner.js';

/** Who holds the lock of a project, without a wish for it; undefined: nobody, or one that is gone. */
export async function peekLock(
  claim: Pick<LockClaim, 'engine' | 'project'>,
  surroundings: LockSurroundings,
): Promise<LockHolder | undefined> {
  const { processes, clock } = surroundings;
  for (const directory of lockDirectories(surroundings)) {
    const path = join(directory, lockFileName(claim));
    const owner = parseOwner(await readFile(path, 'utf8').catch(() => ''));
    if (owner === undefined) continue;
    const own = await ownerHere({ ...claim, command: '', directory: '' }, processes, clock.nowMs());
    const liveness = await livenessOf(owner, own, processes);
    if (liveness !== 'gone') return holderOf({ owner, liveness }, path);
  }
  return undefined;
}
