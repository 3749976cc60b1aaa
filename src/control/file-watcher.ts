import { dirname } from 'node:path';

/** Tells of changes to files, those that are not there yet among them. */
export interface FileWatcher {
  /**
   * From now on these count, and no others. Fulfilled once all of them are watched; `new` when they were not the same
   * before, so that one may have changed unnoticed.
   */
  watch(paths: ReadonlySet<string>): Promise<'same' | 'new'>;
  close(): Promise<void>;
}

/**
 * Watches the directories of the files, and nothing else in them: an editor that writes a new file and renames it over
 * the old one is noticed like one that writes in place, and so is a file that appears. Listens, and never polls.
 */
export async function watchFiles(onChange: (path: string) => void): Promise<FileWatcher> {
  // 10 ms that only those pay who watch.
  const { watch } = await import('chokidar');
  let wanted: ReadonlySet<string> = new Set();
  let directories: ReadonlySet<string> = new Set();
  const watcher = watch([], {
    ignoreInitial: true,
    depth: 0,
    ignorePermissionErrors: true,
    ignored: (path) => !wanted.has(path) && !directories.has(path),
  });
  watcher.on('all', (_event, path) => {
    if (wanted.has(path)) onChange(path);
  });
  // A watch that breaks must not end the process: what the engine tells still counts.
  watcher.on('error', () => {});
  return {
    async watch(paths) {
      if (sameSet(paths, wanted)) return 'same';
      const before = wanted;
      wanted = new Set(paths);
      directories = new Set([...paths].map((path) => dirname(path)));
      // A directory that is watched already was read with the files of before in mind.
      const added = [...paths].filter((path) => !before.has(path));
      const stale = [...before].filter((path) => !paths.has(path));
      if (stale.length > 0) watcher.unwatch(stale);
      const ready = before.size === 0 ? nextReady(watcher) : Promise.resolve();
      watcher.add([...new Set([...directories, ...added])]);
      await ready;
      return 'new';
    },
    close: () => watcher.close(),
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

function nextReady(watcher: { once(event: 'ready', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => watcher.once('ready', resolve));
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}
