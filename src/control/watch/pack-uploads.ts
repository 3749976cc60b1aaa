import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { TarEntry, TarHeader } from '../../engine/tar.js';
import type { Upload } from './route-changes.js';
import type { TreeReader } from './tree-reader.js';

/** Numbers that the container knows its user and group by. */
export interface OwnerIds {
  readonly uid: number;
  readonly gid: number;
}

const chunkBytes = 256 * 1024;

/**
 * The entries of an archive of what is to be copied, relative to the root of the container, read while they are sent.
 * What has gone meanwhile is left out: that is a change of its own, which is told soon.
 */
export async function* packUploads(
  uploads: readonly Upload[],
  owner: OwnerIds,
  reader: TreeReader,
): AsyncGenerator<TarEntry> {
  for (const { from, to } of uploads) {
    const look = await reader.look(from);
    if (look === undefined) continue;
    const header = {
      ...owner,
      path: look.kind === 'directory' ? `${to.slice(1)}/` : to.slice(1),
      kind: look.kind,
      mode: look.mode,
      sizeBytes: 0,
      modifiedAtMs: Math.floor(look.modifiedAtMs),
      linkTarget: undefined,
    } satisfies TarHeader;
    if (look.kind === 'file') yield* fileEntry(from, header);
    else if (look.kind === 'directory') yield { header, content: nothing() };
    else {
      const linkTarget = await reader.linkTarget(from);
      if (linkTarget !== undefined) yield { header: { ...header, linkTarget }, content: nothing() };
    }
  }
}

async function* fileEntry(path: string, header: TarHeader): AsyncGenerator<TarEntry> {
  const file = await openIfThere(path);
  if (file === undefined) return;
  try {
    const { size } = await file.stat();
    yield { header: { ...header, sizeBytes: size }, content: readExactly(file, size) };
  } finally {
    await file.close();
  }
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

/** As long as the archive says, whatever happens to the file: a file that shrinks is copied once more very soon. */
async function* readExactly(file: FileHandle, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < sizeBytes; ) {
    const chunk = new Uint8Array(Math.min(chunkBytes, sizeBytes - at));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    const length = bytesRead === 0 ? chunk.length : bytesRead;
    at += length;
    yield chunk.subarray(0, length);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
