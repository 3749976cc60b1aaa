import type { LockOwner } from '../host/lock/lock-owner.js';
import { ownLabel } from '../model/labels.js';

/**
 * What a stack for tests says of itself, in a label: `own`: it is of one process, and goes with it; `shared`: of
 * several; `reused`: of nobody, until it has not been used for long.
 */
export type TestMark =
  | { readonly stay: 'own'; readonly owner: Owner }
  | {
      readonly stay: 'shared' | 'reused';
      readonly host: string;
      /** Name of the instance that it is. */
      readonly instance: string;
      /** Where it is written down who uses it, on that host. */
      readonly folder: string;
    };

/** Names a process once and for all. */
export type Owner = Pick<
  LockOwner,
  'id' | 'pid' | 'host' | 'startTicks' | 'bootId' | 'pidNamespace' | 'sinceMs'
>;

/** Equal for all that bring up the same shared or reused stack: what differs would make its containers anew. */
export function formatMark(mark: TestMark): string {
  if (mark.stay !== 'own') {
    const { stay, host, instance, folder } = mark;
    return JSON.stringify({ stay, host, instance, folder });
  }
  const { id, pid, host, startTicks, bootId, pidNamespace, sinceMs } = mark.owner;
  return JSON.stringify({
    stay: mark.stay,
    owner: { id, pid, host, startTicks, bootId, pidNamespace, sinceMs },
  });
}

/** undefined: it is none, or one of a version that is to come. */
export function markOf(labels: ReadonlyMap<string, string>): TestMark | undefined {
  const text = labels.get(ownLabel.test);
  if (text === undefined) return undefined;
  try {
    const mark = JSON.parse(text) as Partial<Record<string, unknown>> | null;
    if (mark?.stay === 'own') return isOwner(mark.owner) ? { stay: 'own', owner: mark.owner } : undefined;
    const isKept = mark?.stay === 'shared' || mark?.stay === 'reused';
    const isWhole = [mark?.host, mark?.instance, mark?.folder].every((each) => typeof each === 'string');
    return isKept && isWhole ? (mark as TestMark) : undefined;
  } catch {
    return undefined;
  }
}

function isOwner(value: unknown): value is Owner {
  const { id, pid, host, sinceMs } = (value ?? {}) as Partial<Owner>;
  return (
    typeof id === 'string' &&
    typeof pid === 'number' &&
    typeof host === 'string' &&
    typeof sinceMs === 'number'
  );
}
