import { createHash, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CancelledError } from '../../problems/errors.js';
import { readEntry } from '../context/read-entry.js';
import { unreadable } from '../context/read-failure.js';
import { smallFileBytes } from '../context/read-small-file.js';
import type { WalkedEntry } from '../context/walk-directory.js';

/** 128 bits of SHA-256. */
const hashLength = 32;
/** What is read in one go before others get their turn: about ten milliseconds. */
const sliceBytes = 4 * 1024 * 1024;
const sliceFiles = 200;

/** Hashes of the files' contents by path; those that have vanished are left out. Throws BuildPlaceError. */
export async function hashFiles(
  root: string,
  files: readonly WalkedEntry[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  let bytes = 0;
  let count = 0;
  for (const { path, sizeBytes } of files) {
    const place = join(root, path);
    const hash = sizeBytes <= smallFileBytes ? hashOfSmall(place) : await hashOfLarge(place, signal);
    if (hash !== undefined) hashes.set(path, hash);
    bytes += sizeBytes;
    count += 1;
    if (bytes < sliceBytes && count < sliceFiles) continue;
    bytes = 0;
    count = 0;
    await setImmediate();
    if (signal?.aborted) throw new CancelledError();
  }
  return hashes;
}

/**
 * Read without waiting on a thread: of 20,000 files of 1 KB, promises take 2.7 s, callbacks 1.1 s, this 0.4 s. Between
 * slices everything else gets its turn.
 */
function hashOfSmall(path: string): string | undefined {
  try {
    return hash('sha256', readFileSync(path), 'hex').slice(0, hashLength);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}

/** The hash of one file of whatever size. Throws BuildPlaceError. */
export async function hashOfLarge(path: string, signal: AbortSignal | undefined): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of readEntry(path, undefined, signal)) digest.update(chunk);
  return digest.digest('hex').slice(0, hashLength);
}
