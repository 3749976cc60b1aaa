import { createHash, hash } from 'node:crypto';
import type { RuledDirectory, WalkedEntry } from '../context/walk-directory.js';
import type { CacheFolder } from './cache-folder.js';
import { hasRested } from './content-hashes.js';

/** Raise it when a digest comes to mean something else. */
const formVersion = 1;

/**
 * The digest that a directory had when all of its files had these sizes, times and inodes. Most of the time nothing
 * has changed, and this answers without reading a hash for each file.
 */
export class KnownState {
  readonly #name: string;
  readonly #look: string | undefined;

  /** `lookedAtMs`: before the first of the entries was looked at. */
  constructor(
    { root, rulesPath }: RuledDirectory,
    without: string | undefined,
    entries: readonly WalkedEntry[],
    lookedAtMs: number,
  ) {
    const which = JSON.stringify([root, rulesPath, without]);
    this.#name = `state-${hash('sha256', which, 'hex').slice(0, 32)}.json`;
    this.#look = entries.every((entry) => hasRested(entry, lookedAtMs)) ? lookOf(entries) : undefined;
  }

  async read(cache: CacheFolder): Promise<string | undefined> {
    if (this.#look === undefined) return undefined;
    const [look, digest] = (await cache.read(this.#name))?.split(' ') ?? [];
    return look === this.#look ? digest : undefined;
  }

  async write(digest: string, cache: CacheFolder): Promise<void> {
    if (this.#look !== undefined) await cache.write(this.#name, `${this.#look} ${digest}`);
  }
}

/** One text for all that a look shows. Times of directories change with files that are ignored. */
function lookOf(entries: readonly WalkedEntry[]): string {
  const look = createHash('sha256').update(String(formVersion));
  let lines = '';
  for (const entry of entries) {
    const { path, kind, mode, sizeBytes, modifiedAtMs, changedAtMs, inode, linkTarget = '' } = entry;
    const times = kind === 'file' ? `${modifiedAtMs} ${changedAtMs} ${inode}` : linkTarget;
    lines += `${path}\0${kind} ${mode} ${sizeBytes} ${times}\0`;
    if (lines.length < 65_536) continue;
    look.update(lines);
    lines = '';
  }
  return look.update(lines).digest('hex').slice(0, 32);
}
