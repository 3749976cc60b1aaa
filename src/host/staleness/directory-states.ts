import { type RuledDirectory, type WalkedEntry, walkDirectory } from '../context/walk-directory.js';
import type { CacheFolder } from './cache-folder.js';
import { contentHashes } from './content-hashes.js';
import { changedPaths, digestOf, formatManifest } from './context-manifest.js';
import { KnownState } from './known-state.js';

/** One look at a directory, shared by all who ask for the same one at the same time. */
interface Survey {
  readonly startedAtMs: number;
  readonly entries: Promise<readonly WalkedEntry[]>;
  /** Of the contents, once somebody asks. */
  hashes: Promise<ReadonlyMap<string, string>> | undefined;
  isRunning: boolean;
}

/** A build is asked for its inputs and then, within this time, sends the same files: one look is enough. */
const recentMs = 1000;

/** Digests of directories, and a memory of what was in them when they had these. */
export class DirectoryStates {
  readonly #cache: CacheFolder;
  readonly #nowMs: () => number;
  readonly #surveys = new Map<string, Survey>();

  constructor(cache: CacheFolder, nowMs: () => number) {
    this.#cache = cache;
    this.#nowMs = nowMs;
  }

  /**
   * Digest of all that is in a directory but `without`, a path in it: the Dockerfile, which counts for itself. Throws
   * BuildPlaceError for what cannot be read.
   */
  async digest(
    directory: RuledDirectory,
    without: string | undefined,
    signal?: AbortSignal,
  ): Promise<string> {
    const survey = this.#survey(directory, signal);
    const entries = await survey.entries;
    const known = new KnownState(directory, without, entries, survey.startedAtMs);
    const before = await known.read(this.#cache);
    if (before !== undefined && (await this.#cache.has(fileName(before)))) return before;
    survey.hashes ??= contentHashes(
      { ...directory, entries, cache: this.#cache, nowMs: survey.startedAtMs },
      signal,
    );
    const manifest = formatManifest(entries, await survey.hashes, without);
    const digest = digestOf(manifest);
    if (!(await this.#cache.has(fileName(digest)))) await this.#cache.write(fileName(digest), manifest);
    await known.write(digest, this.#cache);
    return digest;
  }

  /** What the last look has seen, if that was a moment ago; else a new one. */
  entries(directory: RuledDirectory, signal?: AbortSignal): Promise<readonly WalkedEntry[]> {
    const last = this.#surveys.get(keyOf(directory));
    const isRecent = last !== undefined && this.#nowMs() - last.startedAtMs < recentMs;
    return isRecent ? last.entries : walkDirectory(directory.root, directory.rules, signal);
  }

  /** undefined: one of the states is not remembered here. */
  async changedFiles(before: string, now: string): Promise<readonly string[] | undefined> {
    const [old, current] = await Promise.all(
      [before, now].map((digest) => this.#cache.read(fileName(digest))),
    );
    return old === undefined || current === undefined ? undefined : changedPaths(old, current);
  }

  /** Services often share a context and ask at the same time; who asks later gets a new look. */
  #survey(directory: RuledDirectory, signal: AbortSignal | undefined): Survey {
    const key = keyOf(directory);
    const running = this.#surveys.get(key);
    if (running?.isRunning === true) return running;
    const startedAtMs = this.#nowMs();
    const entries = walkDirectory(directory.root, directory.rules, signal);
    const survey: Survey = { startedAtMs, entries, hashes: undefined, isRunning: true };
    this.#surveys.set(key, survey);
    const end = () => {
      survey.isRunning = false;
    };
    entries.then(end, () => {
      this.#surveys.delete(key);
      end();
    });
    return survey;
  }
}

function keyOf({ root, rulesPath }: RuledDirectory): string {
  return JSON.stringify([root, rulesPath]);
}

/** Digests come from labels too, which anybody can write: nothing in them may lead to another file. */
function fileName(digest: string): string {
  return `files-${digest.replace(/[^0-9a-z]/g, '')}`;
}
