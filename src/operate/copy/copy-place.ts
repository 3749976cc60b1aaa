import { posix } from 'node:path';
import { UsageError } from '../../problems/errors.js';

/** One side of a copy. */
export type CopyPlace =
  | { readonly kind: 'container'; readonly service: string; readonly path: string }
  | { readonly kind: 'local'; readonly path: string }
  /** `-`: an archive at standard input or output. */
  | { readonly kind: 'stream' };

/** `SERVICE:PATH`, a path of ours, or `-`. What begins with `/` or `.` is ours though it has a colon. */
export function parseCopyPlace(text: string): CopyPlace {
  if (text === '-') return { kind: 'stream' };
  const colon = text.indexOf(':');
  if (colon <= 0 || text.startsWith('/') || text.startsWith('.')) return { kind: 'local', path: text };
  const path = text.slice(colon + 1);
  if (path === '') throw new UsageError(`no path after "${text}"`, { hint: `write ${text}/path` });
  return { kind: 'container', service: text.slice(0, colon), path };
}

/** `a/` and `a/.` can only be directories. */
export function saysDirectory(path: string): boolean {
  return /(?:^|\/)\.{0,2}$/.test(path);
}

/** `a/.`, `.` and `/` stand for what is in a directory, and not for the directory. */
export function saysContents(path: string): boolean {
  return /(?:^|\/)\.$/.test(path) || /^\/+$/.test(path);
}

/** Last part of a path, without slashes. */
export function lastPart(path: string): string {
  return posix.basename(path);
}

/** What is known of the destination of a copy. */
export interface Destination {
  readonly path: string;
  readonly kind: 'directory' | 'file' | 'missing';
}

/** Where the things that are copied go: below a directory, under a name; no name: into the directory itself. */
export interface Placement {
  readonly directory: string;
  readonly name: string | undefined;
}

/**
 * The rules of `cp`: into a directory that is there, or under a new name in one. Throws UsageError for a directory over
 * a file, and for a file as a directory that is not there.
 */
export function placementOf(
  source: { readonly path: string; readonly name: string; readonly kind: 'directory' | 'other' },
  { path, kind }: Destination,
): Placement {
  if (kind === 'directory') {
    return { directory: path, name: saysContents(source.path) ? undefined : source.name };
  }
  if (kind === 'file' && source.kind === 'directory')
    throw new UsageError(`cannot copy directory ${source.path} over ${path}, which is a file`);
  if (kind === 'file' && saysDirectory(path)) throw new UsageError(`${path} is not a directory`);
  if (kind === 'missing' && source.kind !== 'directory' && saysDirectory(path))
    throw new UsageError(`no such directory: ${path}`, { hint: 'make it first, or leave out the last "/"' });
  const plain = posix.normalize(path).replace(/\/$/, '');
  return { directory: posix.dirname(plain), name: posix.basename(plain) };
}
