import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type IgnoreRules, noIgnoreRules, parseIgnoreRules } from './ignore-rules.js';
import { unreadable } from './read-failure.js';

export interface FoundIgnoreRules {
  readonly rules: IgnoreRules;
  /** Where they stand. undefined: there are none. */
  readonly path: string | undefined;
}

/**
 * The rules of a directory: `<Dockerfile>.dockerignore` beside its Dockerfile if that exists, else `.dockerignore` in
 * the directory, never both. Throws BuildPlaceError for rules that cannot be read.
 */
export async function readIgnoreRules(
  root: string,
  dockerfilePath: string | undefined,
): Promise<FoundIgnoreRules> {
  const general = join(root, '.dockerignore');
  const candidates = dockerfilePath === undefined ? [general] : [`${dockerfilePath}.dockerignore`, general];
  for (const path of candidates) {
    const text = await textOf(path);
    if (text !== undefined) return { rules: parseIgnoreRules(text, path), path };
  }
  return { rules: noIgnoreRules, path: undefined };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}
