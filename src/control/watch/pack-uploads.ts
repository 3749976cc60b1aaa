import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { TarEntry, TarHeader, WholeEntry } from '../../engine/tar.js';
import type { Upload } from './route-changes.js';
import type { TreeReader } from './tree-reader.js';

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

async function entryOf(
  { from, to }: Upload,
  owner: OwnerIds,
  reader: TreeReader,
): Promise<Packed | undefined> {
  const look = await reader.look(from);
  if (look === undefined) return undefined;
  const header = {
    ...owner,
    path: look.kind === 'directory' ? `${to.slice(1)}/` : to.slice(1),
    kind: look.kind,
    mode: look.mode,
    sizeBytes: look.sizeBytes,
    modifiedAtMs: Math.floor(look.modifiedAtMs),
    linkTarget: undefined,
  } satisfies TarHeader;
  if (look.kind === 'directory') return { header, content: nothing() };
  if (look.kind === 'symlink') {
    const linkTarget = await reader.linkTarget(from);
    return linkTarget === undefined ? undefined : { header: { ...header, linkTarget }, content: nothing() };
  }
  if (look.sizeBytes > smallBytes) return { header, content: readExactly(from, look.sizeBytes) };
  const bytes = await readWhole(from);
  return bytes === undefined ? undefined : { header: { ...header, sizeBytes: bytes.length }, bytes };
}

async function readWhole(path: string): Promise<Uint8Array | undefined> {
  const file = await openIfThere(path);
  try {
    return await file?.readFile();
  } finally {
    await file?.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    // What has become a link or a pipe must neither lead elsewhere nor make us wait.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return undefined;
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
      const bytesRead = (await file?.read(chunk, 0, chunk.length, at))?.bytesRead ?? 0;
      const length = bytesRead === 0 ? chunk.length : bytesRead;
      at += length;
      yield chunk.subarray(0, length);
    }
  } finally {
    await file?.close();
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
