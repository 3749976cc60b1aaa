import type { ContextEntry } from '../../../../../../model/context-files.js';
import { followPaths } from './follow-paths.js';
import { globExpression } from './glob.js';

/** What of a directory the engine wants. Empty lists: everything. */
export interface WantedFiles {
  readonly include: readonly string[];
  /** Paths that Dockerfiles name, with wildcards; what links in them lead to is wanted too. */
  readonly follow: readonly string[];
}

/**
 * The entries that a build wants, with the directories that they are in. What ignore rules say does not come back
 * here: whoever lists a directory has applied them.
 */
export function chooseEntries(
  entries: readonly ContextEntry[],
  wanted: WantedFiles,
): readonly ContextEntry[] {
  const followed = followPaths(entries, wanted.follow);
  if (followed === 'everything' || wanted.include.length + wanted.follow.length === 0) return entries;
  const matches = matcherOf([...wanted.include, ...followed]);
  const chosen = new Set<string>();
  for (const { path } of entries) {
    // A directory that is wanted brings all that is in it.
    if (chosen.has(parentOf(path) ?? '') || matches(path)) chosen.add(path);
  }
  const needed = new Set(chosen);
  for (const path of chosen) {
    for (let at = parentOf(path); at !== undefined && !needed.has(at); at = parentOf(at)) needed.add(at);
  }
  return entries.filter(({ path }) => needed.has(path));
}

/** Most patterns are plain paths. */
function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const cleaned = patterns.map((pattern) => pattern.replace(/^(\.?\/)+|\/+$/g, ''));
  const plain = new Set(cleaned.filter((pattern) => !isGlob(pattern)));
  const globs = cleaned.filter(isGlob).map(globExpression);
  return (path) => plain.has(path) || globs.some((glob) => glob.test(path));
}

function isGlob(pattern: string): boolean {
  return /[*?[\\]/.test(pattern);
}

function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? undefined : path.slice(0, slash);
}
