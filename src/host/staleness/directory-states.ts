import type { IgnoreRules } from '../context/ignore-rules.js';
import { type WalkedEntry, walkDirectory } from '../context/walk-directory.js';
import type { CacheFolder } from './cache-folder.js';
import { contentHashes } from './content-hashes.js';
import { changedPaths, digestOf, formatManifest } from './context-manifest.js';

/** A directory, what of it counts, and a file in it that counts for itself: the Dockerfile. */
export interface CountedDirectory {
  readonly root: string;
  readonly rules: IgnoreRules;
  /** Where the rules stand: with the directory, it says which rules they are. */
  readonly rulesPath: string | undefined;
  /** Relative to the directory. */
  readonly without: string | undefined;
}

interface Survey {
  readonly entries: readonly WalkedEntry[];
  readonly hashes: ReadonlyMap<string, string>;
}

/** Digests of directories, and a memory of what was in them when they had these. */
export class DirectoryStates {
  readonly #cache: CacheFolder;
  readonly #nowMs: () => number;
  /** Under way: services often share a context, and ask at the same time. */
  readonly #surveys = new Map<string, Promise<Survey>>();

  constructor(cache: CacheFolder, nowMs: () => number) {
    this.#cache = cache;
    this.#nowMs = nowMs;
  }

  /** Throws BuildPlaceError for what cannot be read. */
  async digest(directory: CountedDirectory, signal?: AbortSignal): Promise<string> {
    const { entries, hashes } = await this.#survey(directory, signal);
    const manifest = formatManifest(entries, hashes, directory.without);
    const digest = digestOf(manifest);
    if (!(await this.#cache.has(fileName(digest)))) await this.#cache.write(fileName(digest), manifest);
    return digest;
  }

  /** undefined: one of the states is not remembered here. */
  async changedFiles(before: string, now: string): Promise<readonly string[] | undefined> {
    const [old, current] = await Promise.all(
      [before, now].map((digest) => this.#cache.read(fileName(digest))),
    );
    return old === undefined || current === undefined ? undefined : changedPaths(old, current);
  }

  #survey(directory: CountedDirectory, signal: AbortSignal | undefined): Promise<Survey> {
    const key = JSON.stringify([directory.root, directory.rulesPath]);
    const running = this.#surveys.get(key);
    if (running !== undefined) return running;
    const survey = this.#lookAt(directory, signal).finally(() => this.#surveys.delete(key));
    this.#surveys.set(key, survey);
    return survey;
  }

  async #lookAt(
    { root, rules, rulesPath }: CountedDirectory,
    signal: AbortSignal | undefined,
  ): Promise<Survey> {
    const entries = await walkDirectory(root, rules, signal);
    const hashes = await contentHashes(
      { root, rulesPath, entries, cache: this.#cache, nowMs: this.#nowMs() },
      signal,
    );
    return { entries, hashes };
  }
}

/** Digests come from labels too, which anybody can write: nothing in them may lead to another file. */
function fileName(digest: string): string {
  return `files-${digest.replace(/[^0-9a-z]/g, '')}`;
}
