import type { LockChange, LockOutcome } from '../lock.js';
import { given } from '../model/given.js';

/** What `lock --format json` says: every image, also what stays as it is. */
export function lockJson(outcome: LockOutcome, wasWritten: 'written' | 'not-written'): string {
  const { path, changes, built, isOutdated } = outcome;
  const document = {
    schemaVersion: 1,
    path,
    state: !isOutdated ? 'up-to-date' : wasWritten === 'written' ? 'written' : 'outdated',
    images: changes.map(imageJson),
    built,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function imageJson(change: LockChange): object {
  const { image, services, before, after } = change;
  return {
    image,
    services,
    change: kindOf(change),
    ...given({ before: before?.digest, after: after?.digest }),
  };
}

function kindOf({ before, after }: LockChange): 'added' | 'removed' | 'changed' | 'kept' {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  return before.digest === after.digest ? 'kept' : 'changed';
}
