import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { TarEntry, TarHeader, WholeEntry } from '../../engine/tar.js';
import type { Upload } from './route-changes.js';
import type { EntryLook, TreeReader } from './tree-reader.js';

/** Numbers that the container knows its user and group by. */
export interface OwnerIds {
  readonly uid: number;
  readonly gid: number;
}

const chunkBytes = 256 * 1024;
/** Files up to this size are read as a whole, some of them ahead. */
const smallBytes = 64 * 1024;
const readAhead = 16;

type Packed = TarEntry | WholeEntry;

/**
 * The entries of an archive of what is to be copied, relative to the root of the container, read while they are sent.
 * What has gone meanwhile is left out: that is a change of its own, which is told soon.
 */
export async function* packUploads(
  uploads: readonly Upload[],
  owner: OwnerIds,
  reader: TreeReader,
): AsyncGenerator<Packed> {
  const waiting: Promise<Packed | undefined>[] = [];
  const begin = (upload: Upload) => {
    const entry = entryOf(upload, owner, reader);
    // It is looked at in its turn.
    entry.catch(() => {});
    waiting.push(entry);
  };
  const queue = uploads.values();
  for (const upload of queue) {
    begin(upload);
    if (waiting.length === readAhead) break;
  }
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const entry = await next;
    if (entry !== undefined) yield entry;
    const upload = queue.next();
    if (upload.done !== true) begin(upload.value);
  }
}

async function entryOf(upload: Upload, owner: OwnerIds, reader: TreeReader): Promise<Packed | undefined> {
  // What is no file any more is looked at as what it is now.
  const small = upload.kind === 'file' ? await smallFile(upload, owner) : undefined;
  if (small !== undefined) return small;
  const { from, to } = upload;
  const look = await reader.look(from);
  if (look === undefined) return undefined;
  const header = headerOf(to, look.kind, look, owner);
  if (look.kind === 'directory') return { header, content: nothing() };
  if (look.kind === 'file') return { header, content: readExactly(from, look.sizeBytes) };
  const linkTarget = await reader.linkTarget(from);
  return linkTarget === undefined ? undefined : { header: { ...header, linkTarget }, content: nothing() };
}

/** undefined: it is large, or no file. */
async function smallFile({ from, to }: Upload, owner: OwnerIds): Promise<Packed | undefined> {
  const file = await openIfThere(from);
  if (file === undefined) return undefined;
  try {
    const stats = await file.stat();
    const { size, mode, mtimeMs } = stats;
    if (!stats.isFile() || size > smallBytes) return undefined;
    const bytes = new Uint8Array(size);
    const bytesRead = size === 0 ? 0 : (await file.read(bytes, 0, size, 0)).bytesRead;
    const look = { mode: mode & 0o7777, modifiedAtMs: mtimeMs, sizeBytes: bytesRead };
    return { header: headerOf(to, 'file', look, owner), bytes: bytes.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

function headerOf(
  to: string,
  kind: Upload['kind'],
  { mode, modifiedAtMs, sizeBytes }: Pick<EntryLook, 'mode' | 'modifiedAtMs' | 'sizeBytes'>,
  owner: OwnerIds,
): TarHeader {
  const path = kind === 'directory' ? `${to.slice(1)}/` : to.slice(1);
  const modified = Math.floor(modifiedAtMs);
  return { ...owner, path, kind, mode, sizeBytes, modifiedAtMs: modified, linkTarget: undefined };
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    // What has become a link or a pipe must neither lead elsewhere nor make us wait.
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return undefined;
    throw error;
  }
}

/** As long as the archive says, whatever happens to the file: one that shrinks or goes is told once more very soon. */
async function* readExactly(path: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  const file = await openIfThere(path);
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
