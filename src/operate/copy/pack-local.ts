import type { Stats } from 'node:fs';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { TarEntry, TarHeader } from '../../engine/tar.js';
import { UsageError } from '../../problems/errors.js';
import { lastPart, saysDirectory } from './copy-place.js';

/** A file or directory of ours that is to be copied. */
export interface LocalSource {
  /** As the person gave it. */
  readonly path: string;
  /** What it is called, which is not the name of what a link leads to. */
  readonly name: string;
  readonly kind: 'directory' | 'other';
  /** Where it really is. */
  readonly realPath: string;
}

/** Looks at what is to be copied. Throws UsageError when it is not there, or is no directory though it says so. */
export async function findLocalSource(
  path: string,
  cwd: string,
  links: 'keep' | 'follow',
): Promise<LocalSource> {
  const absolute = posix.resolve(cwd, path);
  const isWhole = links === 'follow' || saysDirectory(path);
  const realPath = await orExplain(path, () => (isWhole ? realpath(absolute) : absolute));
  const stats = await orExplain(path, () => lstat(realPath));
  if (!stats.isDirectory() && saysDirectory(path)) throw new UsageError(`${path} is not a directory`);
  return { path, name: lastPart(absolute), kind: stats.isDirectory() ? 'directory' : 'other', realPath };
}

/**
 * The entries of an archive of it, parents first, under another name; without a name only what is in the directory, so
 * that what receives it stays as it is. Sockets are left out: they are of no use elsewhere.
 */
export async function* packLocal(
  { realPath, path }: LocalSource,
  name: string | undefined,
): AsyncGenerator<TarEntry> {
  const firstNames = new Map<string, string>();
  const walk = async function* (from: string, to: string): AsyncGenerator<TarEntry> {
    const stats = await orExplain(path, () => lstat(from));
    if (to !== '' && !stats.isSocket()) yield await entryOf(from, to, stats, firstNames);
    if (!stats.isDirectory()) return;
    const names = await orExplain(path, () => readdir(from));
    for (const each of names.sort()) yield* walk(join(from, each), to === '' ? each : `${to}/${each}`);
  };
  yield* walk(realPath, name ?? '');
}

async function entryOf(
  from: string,
  to: string,
  stats: Stats,
  firstNames: Map<string, string>,
): Promise<TarEntry> {
  const header = { ...commonHeader(stats), path: stats.isDirectory() ? `${to}/` : to };
  if (stats.isDirectory()) return { header: { ...header, kind: 'directory' }, content: nothing() };
  if (stats.isSymbolicLink()) {
    const linkTarget = await readlink(from);
    return { header: { ...header, kind: 'symlink', linkTarget }, content: nothing() };
  }
  if (!stats.isFile()) return { header: { ...header, kind: 'other' }, content: nothing() };
  const identity = `${stats.dev} ${stats.ino}`;
  const first = stats.nlink > 1 ? firstNames.get(identity) : undefined;
  if (first !== undefined)
    return { header: { ...header, kind: 'link', linkTarget: first }, content: nothing() };
  firstNames.set(identity, to);
  return {
    header: { ...header, kind: 'file', sizeBytes: stats.size },
    content: readContent(from, stats.size),
  };
}

function commonHeader({ mode, uid, gid, mtimeMs }: Stats): Omit<TarHeader, 'path' | 'kind'> {
  const modifiedAtMs = Math.floor(mtimeMs);
  return { mode: mode & 0o7777, uid, gid, sizeBytes: 0, modifiedAtMs, linkTarget: undefined };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** As long as it was when it was looked at: a log may grow while it is copied. */
async function* readContent(path: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  if (sizeBytes === 0) return;
  let left = sizeBytes;
  try {
    for await (const chunk of createReadStream(path, { end: sizeBytes - 1 })) {
      left -= (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  } catch (error) {
    throw explain(error, path);
  }
  if (left > 0) throw new UsageError(`${path} became shorter while it was copied`);
}

async function orExplain<T>(path: string, call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw explain(error, path);
  }
}

function explain(error: unknown, path: string): UsageError {
  const { code, message, path: place = path } = error as NodeJS.ErrnoException;
  const words = code === 'ENOENT' ? 'no such file or directory' : message;
  return new UsageError(`cannot copy ${place}: ${words}`, { cause: error });
}
