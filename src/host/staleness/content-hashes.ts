import { hash } from 'node:crypto';
import type { WalkedEntry } from '../context/walk-directory.js';
import type { CacheFolder } from './cache-folder.js';
import { hashFiles } from './hash-files.js';

/** Size, times and inode of a file when it had this hash: while they stay, so does the content. */
type KnownHash = readonly [
  sizeBytes: number,
  modifiedAtMs: number,
  changedAtMs: number,
  inode: number,
  hash: string,
];

/** Raise it when the form of the file or the hash changes. */
const formVersion = 1;

/**
 * A file that was written less than this before its hash was taken may be written once more without its times showing
 * it: clocks of file systems tick coarsely. Its hash is not kept, as git does not trust such files either.
 */
const restBeforeTrustMs = 2000;

export interface HashedDirectory {
  readonly root: string;
  /** Which of several sets of ignore rules counts: each leaves other files, which have hashes of their own. */
  readonly rulesPath: string | undefined;
  readonly entries: readonly WalkedEntry[];
  readonly cache: CacheFolder;
  /** Before any of the files is read. */
  readonly nowMs: number;
}

/**
 * Hashes of the contents of a directory's files, by path. Only files that were changed since the last time are read.
 * A file that has vanished meanwhile has none. Throws BuildPlaceError for one that cannot be read.
 */
export async function contentHashes(
  { root, rulesPath, entries, cache, nowMs }: HashedDirectory,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const name = `hashes-${hash('sha256', JSON.stringify([root, rulesPath]), 'hex').slice(0, 32)}.json`;
  const known = readKnown(await cache.read(name), root);
  const files = entries.filter(({ kind }) => kind === 'file');
  const unknown = files.filter((entry) => !isKnown(entry, known.get(entry.path)));
  const fresh = await hashFiles(root, unknown, signal);
  const hashes = new Map<string, string>();
  const kept: [string, KnownHash][] = [];
  for (const entry of files) {
    const hash = fresh.get(entry.path) ?? known.get(entry.path)?.[4];
    if (hash === undefined) continue;
    hashes.set(entry.path, hash);
    if (hasRested(entry, nowMs)) kept.push([entry.path, knownOf(entry, hash)]);
  }
  if (unknown.length > 0 || kept.length !== known.size) await cache.write(name, formatKnown(root, kept));
  return hashes;
}

/** Whether a later change of a file would show in its times. */
export function hasRested({ kind, changedAtMs }: WalkedEntry, nowMs: number): boolean {
  return kind !== 'file' || changedAtMs + restBeforeTrustMs <= nowMs;
}

function isKnown(entry: WalkedEntry, known: KnownHash | undefined): boolean {
  if (known === undefined) return false;
  const [sizeBytes, modifiedAtMs, changedAtMs, inode] = known;
  return (
    entry.sizeBytes === sizeBytes &&
    entry.modifiedAtMs === modifiedAtMs &&
    entry.changedAtMs === changedAtMs &&
    entry.inode === inode
  );
}

function knownOf({ sizeBytes, modifiedAtMs, changedAtMs, inode }: WalkedEntry, hash: string): KnownHash {
  return [sizeBytes, modifiedAtMs, changedAtMs, inode, hash];
}

function formatKnown(root: string, files: readonly (readonly [string, KnownHash])[]): string {
  return JSON.stringify({ version: formVersion, root, files });
}

/** Nothing is known from a file of another form, or one that was cut off. */
function readKnown(text: string | undefined, root: string): ReadonlyMap<string, KnownHash> {
  if (text === undefined) return new Map();
  try {
    const { version, root: of, files } = JSON.parse(text) as Record<string, unknown>;
    return version === formVersion && of === root ? new Map(files as [string, KnownHash][]) : new Map();
  } catch {
    return new Map();
  }
}
