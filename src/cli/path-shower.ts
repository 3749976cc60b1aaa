import { isAbsolute, relative } from 'node:path';
import type { ShowPath } from '../report/watch-words.js';

/** Relative to where the person is, if that is shorter. */
export function pathShower(cwd: string): ShowPath {
  return (path) => {
    const short = isAbsolute(path) ? relative(cwd, path) : path;
    return short.startsWith('../..') ? path : short || '.';
  };
}
