import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noIgnoreRules, parseIgnoreRules } from './ignore-rules.js';
import { unreadable } from './read-failure.js';
import type { RuledDirectory } from './walk-directory.js';

/**
 * A directory with its rules: `<Dockerfile>.dockerignore` beside its Dockerfile if that exists, else `.dockerignore` in
 * the directory, never both. Throws BuildPlaceError for rules that cannot be read.
 */
export async function readIgnoreRules(
  root: string,
  dockerfilePath: string | undefined,
): Promise<RuledDirectory> {
  const general = join(root, '.dockerignore');
  const candidates = dockerfilePath === undefined ? [general] : [`${dockerfilePath}.dockerignore`, general];
  for (const rulesPath of candidates) {
    const text = await textOf(rulesPath);
    if (text !== undefined) return { root, rules: parseIgnoreRules(text, rulesPath), rulesPath };
  }
  return { root, rules: noIgnoreRules, rulesPath: undefined };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(path, error);
  }
}
