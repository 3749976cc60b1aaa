import { join } from 'node:path';
import type { ContextFiles } from '../../model/context-files.js';
import type { ValuePath } from '../../model/span.js';
import { blaming, blamingEach } from './blame.js';
import { type ListedFile, readEntry } from './read-entry.js';
import type { LookInto, RuledDirectory } from './walk-directory.js';

/**
 * A directory as a build sees it; files are read as the last look has seen them. Errors name the `key` of `build` that
 * names the directory.
 */
export function directoryContext(
  directory: RuledDirectory,
  key: ValuePath,
  lookInto: LookInto,
): ContextFiles {
  let listed: ReadonlyMap<string, ListedFile> = new Map();
  return {
    async list(signal) {
      const entries = await blaming(key, () => lookInto(directory, signal));
      listed = new Map(entries.map((entry) => [entry.path, entry]));
      return entries;
    },
    read: (path, signal) => blamingEach(key, readEntry(join(directory.root, path), listed.get(path), signal)),
  };
}

/** What a Dockerfile on standard input has for a context. */
export const emptyContext: ContextFiles = {
  list: async () => [],
  async *read() {},
};
