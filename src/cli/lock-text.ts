import type { LockChange, LockOutcome, LockRequest } from '../lock.js';

/** How much of a digest a person needs to tell it from another. */
const shownDigits = 12;

export interface LockTextOptions {
  /** How the lock is called to the person. */
  readonly name: string;
  readonly request: LockRequest;
  readonly isWritten: boolean;
}

/** What became of each image, one line each, and of the file. */
export function lockText(outcome: LockOutcome, { name, request, isWritten }: LockTextOptions): string {
  const { changes, built, isOutdated } = outcome;
  const shown = request.resolve === 'all' ? changes : changes.filter((change) => markOf(change) !== '=');
  const lines = shown.map(changeLine);
  for (const service of built) lines.push(`  ${service}  is built here, and not locked`);
  const left = changes.filter(({ after }) => after !== undefined).length;
  const images = left === 1 ? '1 image' : `${left} images`;
  const end = !isOutdated
    ? `is up to date: ${images}`
    : isWritten
      ? `written: ${images}`
      : 'is not up to date';
  return `${[...lines, `${name} ${end}`].join('\n')}\n`;
}

function changeLine(change: LockChange): string {
  const { image, before, after, services } = change;
  const digests = [before, after].flatMap((side) => (side === undefined ? [] : [shortDigest(side.digest)]));
  const users = services.length === 0 ? '' : `  (${services.join(', ')})`;
  const shown = digests.length === 0 ? '' : `  ${[...new Set(digests)].join(' → ')}`;
  return `${markOf(change)} ${image}${shown}${users}`;
}

function markOf({ before, after }: LockChange): '+' | '-' | '~' | '=' {
  if (before === undefined) return '+';
  if (after === undefined) return '-';
  return before.digest === after.digest ? '=' : '~';
}

function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + shownDigits);
}
