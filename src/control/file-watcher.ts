import { access, realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { WatchError } from '../problems/errors.js';
import { DirectoryWatches } from './directory-watches.js';

/** Tells of changes to files, those that are not there yet among them. */
export interface FileWatcher {
  /**
   * From now on these count, and no others. Fulfilled once all of them are watched; `new` when they were not the same
   * before, so that one may have changed unnoticed.
   */
  watch(paths: ReadonlySet<string>): Promise<'same' | 'new'>;
  close(): void;
}

/**
 * Watches the directories of the files, and nothing else in them: an editor that writes a new file and renames it over
 * the old one is noticed like one that writes in place, and so is a file that appears. Every event counts, however soon
 * after another one it comes. A directory that cannot be watched is told with a WatchError, once, and the others go on.
 */
export function watchFiles(
  onChange: (path: string) => void,
  onTrouble: (error: Error) => void = () => {},
): FileWatcher {
  let places: Places = new Map();
  const troubled = new Set<string>();
  const watches = new DirectoryWatches((place) => {
    const path = places.get(place);
    if (path !== undefined) onChange(path);
    else if (basename(place) === basename(dirname(place))) lookAgain(dirname(place));
  });
  /** A directory tells of itself under its own name. Should it have gone, its watch tells nothing any more. */
  const lookAgain = (directory: string) => {
    watches.leave(directory);
    for (const [place, path] of places) if (dirname(place) === directory) onChange(path);
  };
  const enter = (directory: string) => {
    try {
      watches.enter(directory);
    } catch (error) {
      // A limit is one for all directories.
      const trouble = error instanceof WatchError && error.code === 'watch/limit' ? error.code : directory;
      if (!troubled.has(trouble)) onTrouble(error as Error);
      troubled.add(trouble);
    }
  };
  return {
    async watch(paths) {
      const found = await placesOf(paths);
      let isNew = [...found.keys()].some((place) => !places.has(place));
      places = found;
      const directories = new Set([...places.keys()].map((place) => dirname(place)));
      for (const directory of watches.directories) if (!directories.has(directory)) watches.leave(directory);
      for (const directory of directories) {
        if (watches.has(directory)) continue;
        enter(directory);
        isNew ||= watches.has(directory);
      }
      return isNew ? 'new' : 'same';
    },
    close: () => watches.close(),
  };
}

/** What was read last, once all that was read is watched: what was not yet may have changed unnoticed. */
export async function readWatched<Found extends { readonly paths: ReadonlySet<string> }>(
  watcher: FileWatcher,
  read: () => Promise<Found>,
): Promise<Found> {
  let found = await read();
  while ((await watcher.watch(found.paths)) === 'new') found = await read();
  return found;
}

/** Paths as they were given, by every absolute path at which a change of them is seen. */
type Places = ReadonlyMap<string, string>;

/** A symbolic link and what it leads to; and of a directory that is missing, where it would appear. */
async function placesOf(paths: ReadonlySet<string>): Promise<Places> {
  const places = new Map<string, string>();
  for (const path of paths) {
    const place = resolve(path);
    places.set(place, path);
    const real = await realpath(place).catch(() => undefined);
    places.set(real ?? (await firstMissing(place)), path);
  }
  return places;
}

async function firstMissing(place: string): Promise<string> {
  const parent = dirname(place);
  const isThere = await access(parent).then(
    () => true,
    () => false,
  );
  return isThere || parent === place ? place : firstMissing(parent);
}
