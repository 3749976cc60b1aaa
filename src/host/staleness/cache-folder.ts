import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheHome } from '../cache-home.js';

/** What of the outside decides where the cache is. */
export interface CacheSurroundings {
  readonly environment: ReadonlyMap<string, string>;
  readonly homeDir: string;
  readonly clock: { nowMs(): number };
}

/** Most that the folder takes, about fifty states of a context of 20,000 files; what is used least goes first. */
export const maxCacheBytes = 128 * 1024 * 1024;

/** What even a tiny file takes, and reason enough not to have thousands of them. */
const smallestBytes = 4096;

/**
 * Files that save work and may be lost at any time: `$XDG_CACHE_HOME/tscompose/contexts`. Where it cannot be read or
 * written there is simply nothing in it.
 */
export class CacheFolder {
  readonly #path: string;
  readonly #nowMs: () => number;
  readonly #maxBytes: number;

  constructor({ environment, homeDir, clock }: CacheSurroundings, maxBytes = maxCacheBytes) {
    this.#path = join(cacheHome(environment.get('XDG_CACHE_HOME'), homeDir), 'contexts');
    this.#nowMs = () => clock.nowMs();
    this.#maxBytes = maxBytes;
  }

  /** Also notes that it was of use. undefined: it is not there. */
  async read(name: string): Promise<string | undefined> {
    const path = join(this.#path, name);
    try {
      const text = await readFile(path, 'utf8');
      await this.#noteUse(path);
      return text;
    } catch {
      return undefined;
    }
  }

  /** Notes that it was of use, and says whether it is there. */
  async has(name: string): Promise<boolean> {
    return this.#noteUse(join(this.#path, name)).then(
      () => true,
      () => false,
    );
  }

  /** Whole or not at all, and makes room for it. */
  async write(name: string, text: string): Promise<void> {
    const path = join(this.#path, name);
    const unfinished = join(this.#path, `unfinished-${randomUUID()}`);
    try {
      await mkdir(this.#path, { recursive: true, mode: 0o700 });
      await writeFile(unfinished, text, { mode: 0o600 });
      await rename(unfinished, path);
      await this.#noteUse(path);
      await this.#makeRoom();
    } catch {
      await rm(unfinished, { force: true }).catch(() => {});
    }
  }

  async #noteUse(path: string): Promise<void> {
    const now = new Date(this.#nowMs());
    await utimes(path, now, now);
  }

  async #makeRoom(): Promise<void> {
    const files = await Promise.all((await readdir(this.#path)).map((name) => this.#look(name)));
    const oldestFirst = files.flat().sort((a, b) => a.usedAtMs - b.usedAtMs);
    let total = oldestFirst.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const { path, sizeBytes } of oldestFirst) {
      if (total <= this.#maxBytes) return;
      await rm(path, { force: true });
      total -= sizeBytes;
    }
  }

  async #look(name: string): Promise<{ path: string; sizeBytes: number; usedAtMs: number }[]> {
    const path = join(this.#path, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) return [];
    return [{ path, sizeBytes: Math.max(found.size, smallestBytes), usedAtMs: found.mtimeMs }];
  }
}
