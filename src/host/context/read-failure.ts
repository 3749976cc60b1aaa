import { BuildPlaceError } from '../../problems/errors.js';

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['ENOTDIR', 'a part of its path is not a directory'],
  ['EISDIR', 'it is a directory'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['EEXIST', 'there is a file where a directory should be'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'it is read-only'],
  ['ELOOP', 'its symlinks go round in a circle'],
]);

/** What the file system said of a path, for a person. Anything that is no failure to read stays as it is. */
export function unreadable(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const isForbidden = code === 'EACCES' || code === 'EPERM';
  return new BuildPlaceError(path, `cannot read ${path}: ${reasons.get(code) ?? code}`, {
    cause: error,
    ...(isForbidden ? { hint: 'Make it readable, or leave it out of the build in .dockerignore.' } : {}),
  });
}

/** The same of what could not be written into a directory. */
export function unwritable(directory: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new BuildPlaceError(directory, `cannot write to ${directory}: ${reasons.get(code) ?? code}`, {
    cause: error,
  });
}

/** Whether a path is not there, in whole or in part. */
export function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
