import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { posix } from 'node:path';
import type { TarEntry, TarHeader, WholeEntry } from '../../engine/tar.js';
import type { Upload } from './route-changes.js';
import type { EntryLook, TreeReader } from './tree-reader.js';

/** Numbers that the container knows its user and group by. */
export interface OwnerIds {
  readonly uid: number;
  readonly gid: number;
}

const chunkBytes = 256 * 1024;
/** Files up to this size are read as a whole. */
const smallBytes = 64 * 1024;

type Packed = TarEntry | WholeEntry;

/**
 * The entries of an archive of what is to be copied, relative to a directory of the container, read while they are sent.
 * What has gone meanwhile is left out, and all below what is no directory now: these are changes of their own, which
 * are told soon.
 */
export async function* packUploads(
  uploads: readonly Upload[],
  directory: string,
  owner: OwnerIds,
  reader: TreeReader,
): AsyncGenerator<Packed> {
  const noDirectories = new Set<string>();
  for (const upload of uploads) {
    // It came while we packed: the archive would contradict itself.
    const isAstray = noDirectories.has(posix.dirname(upload.to));
    const path = posix.relative(directory, upload.to);
    const entry = isAstray ? undefined : await entryOf(upload, path, owner, reader);
    if (entry?.header.kind !== 'directory') noDirectories.add(upload.to);
    if (entry !== undefined) yield entry;
  }
}

async function entryOf(
  upload: Upload,
  path: string,
  owner: OwnerIds,
  reader: TreeReader,
): Promise<Packed | undefined> {
  // What is no file any more is looked at as what it is now.
  const small = upload.kind === 'file' ? smallFile(upload.from, path, owner) : undefined;
  if (small !== undefined) return small;
  const { from } = upload;
  const look = await reader.look(from);
  if (look === undefined) return undefined;
  const header = headerOf(path, look.kind, look, owner);
  if (look.kind === 'directory') return { header, content: nothing() };
  if (look.kind === 'file') return { header, content: readExactly(from, look.sizeBytes) };
  const linkTarget = await reader.linkTarget(from);
  return linkTarget === undefined ? undefined : { header: { ...header, linkTarget }, content: nothing() };
}

/**
 * undefined: it is large, or no file. Read without waiting: a small file takes 20 µs, and four promises for each of a
 * thousand of them take ten times as long and the processor from the engine that unpacks them.
 */
function smallFile(from: string, path: string, owner: OwnerIds): Packed | undefined {
  const file = unlessGone(() => openSync(from, flags));
  if (file === undefined) return undefined;
  try {
    const stats = fstatSync(file);
    const { size, mode, mtimeMs } = stats;
    if (!stats.isFile() || size > smallBytes) return undefined;
    const bytes = new Uint8Array(size);
    const sizeBytes = size === 0 ? 0 : readSync(file, bytes, 0, size, 0);
    const look = { mode: mode & 0o7777, modifiedAtMs: mtimeMs, sizeBytes };
    return { header: headerOf(path, 'file', look, owner), bytes: bytes.subarray(0, sizeBytes) };
  } finally {
    closeSync(file);
  }
}

function headerOf(
  path: string,
  kind: Upload['kind'],
  { mode, modifiedAtMs, sizeBytes }: Pick<EntryLook, 'mode' | 'modifiedAtMs' | 'sizeBytes'>,
  owner: OwnerIds,
): TarHeader {
  const name = kind === 'directory' ? `${path}/` : path;
  const modified = Math.floor(modifiedAtMs);
  return { ...owner, path: name, kind, mode, sizeBytes, modifiedAtMs: modified, linkTarget: undefined };
}

/** What has become a link or a pipe must neither lead elsewhere nor make us wait. */
const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function unlessGone<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/** As long as the archive says, whatever happens to the file: one that shrinks or goes is told once more very soon. */
async function* readExactly(path: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, flags).catch((error) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  try {
    for (let at = 0; at < sizeBytes; ) {
      const chunk = new Uint8Array(Math.min(chunkBytes, sizeBytes - at));
      const bytesRead = await readInto(file, chunk, at);
      const length = bytesRead === 0 ? chunk.length : bytesRead;
      at += length;
      yield chunk.subarray(0, length);
    }
  } finally {
    await file?.close();
  }
}

/** 0: there is nothing more, or it has become a directory. */
async function readInto(file: FileHandle | undefined, chunk: Uint8Array, at: number): Promise<number> {
  try {
    return (await file?.read(chunk, 0, chunk.length, at))?.bytesRead ?? 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return 0;
    throw error;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
