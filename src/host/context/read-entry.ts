import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { BuildPlaceError, CancelledError } from '../../problems/errors.js';
import { unreadable } from './read-failure.js';
import { openFlags, readSmallFile, smallFileBytes } from './read-small-file.js';

/** What was known of a file when its directory was listed. */
export interface ListedFile {
  readonly sizeBytes: number;
  readonly inode: number;
}

const chunkBytes = 256 * 1024;

/**
 * The content of a file, exactly as long as it was when it was listed: archives say sizes first. Of one that has only
 * grown since, as logs do, it is the beginning. Throws BuildPlaceError for one that was cut or replaced meanwhile.
 */
export async function* readEntry(
  path: string,
  listed: ListedFile | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  if (signal?.aborted) throw new CancelledError();
  if (listed !== undefined && listed.sizeBytes <= smallFileBytes) {
    const content = readWhole(path, listed);
    if (content.length > 0) yield content;
    return;
  }
  const file = await openFile(path);
  try {
    const found = await file.stat();
    if (!found.isFile() || (listed !== undefined && !isThatFile(found, listed))) throw changedMeanwhile(path);
    yield* readExactly(file, path, listed?.sizeBytes ?? found.size, signal);
  } finally {
    await file.close();
  }
}

function readWhole(path: string, listed: ListedFile): Uint8Array {
  const content = contentOf(path, listed);
  if (content?.length !== listed.sizeBytes) throw changedMeanwhile(path);
  return content;
}

function contentOf(path: string, listed: ListedFile): Uint8Array | undefined {
  try {
    return readSmallFile(path, listed.sizeBytes, (found) => found.isFile() && isThatFile(found, listed));
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, openFlags);
  } catch (error) {
    throw cannotOpen(path, error);
  }
}

/** ELOOP: it has become a symlink. */
function cannotOpen(path: string, error: unknown): unknown {
  const hasGone = ['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '');
  return hasGone ? changedMeanwhile(path) : unreadable(path, error);
}

/** Another file of the same size is as good as the one that was listed. */
function isThatFile(found: Stats, { sizeBytes, inode }: ListedFile): boolean {
  return found.size === sizeBytes || (found.ino === inode && found.size > sizeBytes);
}

async function* readExactly(
  file: FileHandle,
  path: string,
  sizeBytes: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < sizeBytes; ) {
    if (signal?.aborted) throw new CancelledError();
    // Each chunk has memory of its own: the reader may keep it while we read on.
    const chunk = new Uint8Array(Math.min(chunkBytes, sizeBytes - at));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) throw changedMeanwhile(path);
    at += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

function changedMeanwhile(path: string): BuildPlaceError {
  return new BuildPlaceError(path, `${path} was changed while the build read it`, {
    hint: 'Build again once nothing writes to it, or leave it out in .dockerignore.',
  });
}
