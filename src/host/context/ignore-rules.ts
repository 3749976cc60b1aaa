import { BuildPlaceError } from '../../problems/errors.js';
import { type IgnorePattern, IgnorePatternError, parseIgnorePattern } from './ignore-pattern.js';

/** What rules say of one path. Handed in again for what is in the directory. */
export interface IgnoreVerdict {
  readonly isIgnored: boolean;
  /** Pattern by pattern: whether it matches the path or a directory above it. */
  readonly matched: readonly boolean[];
}

/** A `.dockerignore`: which of the files in a directory a build does not see. Knows no file system. */
export interface IgnoreRules {
  /** Of a path relative to the directory, with `/`. `above`: the verdict of the directory that it is in. */
  judge(path: string, above: IgnoreVerdict | undefined): IgnoreVerdict;
  /** Whether an exception may keep something in a directory that is ignored itself. */
  mayKeepBelow(directory: string): boolean;
  /** The same as `judge`, from the path alone. */
  ignores(path: string): boolean;
}

/** Rules that ignore nothing. */
export const noIgnoreRules: IgnoreRules = rulesOf([]);

/** Reads rules; `path` is where they stand. Throws BuildPlaceError for a line that is no pattern. */
export function parseIgnoreRules(text: string, path: string): IgnoreRules {
  const patterns: IgnorePattern[] = [];
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split('\n')
    .entries()) {
    // As Docker has it: a comment begins in the first column, other lines may be indented.
    const line = raw.startsWith('#') ? '' : raw.trim();
    if (line !== '') patterns.push(parseLine(line, path, index + 1));
  }
  return rulesOf(patterns);
}

function parseLine(line: string, path: string, number: number): IgnorePattern {
  try {
    return parseIgnorePattern(line);
  } catch (error) {
    if (!(error instanceof IgnorePatternError)) throw error;
    throw new BuildPlaceError(path, `${path}:${number}: "${line}" is no pattern: ${error.message}`, {
      hint: 'Put a "\\" before a character that stands for itself.',
    });
  }
}

/**
 * The last pattern that matches decides. Like Docker, a pattern that would change nothing is not asked: neither an
 * exception of what is not ignored, nor another reason to ignore what is. What is below then has no match of it from
 * above, so that `lib/x` stays ignored with `lib/x` and `!lib`.
 */
function rulesOf(patterns: readonly IgnorePattern[]): IgnoreRules {
  const exceptions = patterns.filter(({ isException }) => isException);
  const judge: IgnoreRules['judge'] = (path, above) => {
    let isIgnored = false;
    const matched = patterns.map((pattern, index) => {
      const wouldChange = pattern.isException === isIgnored;
      const matches = above?.matched[index] === true || (wouldChange && pattern.matches(path));
      if (matches) isIgnored = !pattern.isException;
      return matches;
    });
    return { isIgnored, matched };
  };
  return {
    judge,
    mayKeepBelow: (directory) => exceptions.some((exception) => exception.mayMatchBelow(directory)),
    ignores(path) {
      let verdict: IgnoreVerdict | undefined;
      for (const end of componentEnds(path)) verdict = judge(path.slice(0, end), verdict);
      return verdict?.isIgnored === true;
    },
  };
}

function componentEnds(path: string): number[] {
  return [...[...path.matchAll(/\//g)].map(({ index }) => index), path.length];
}
