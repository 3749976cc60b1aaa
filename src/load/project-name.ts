import { basename } from 'node:path/posix';
import { isProjectName, normalizeProjectName } from '../model/names.js';
import { interpolateText } from './interpolate-text.js';
import type { LoadRequest } from './load-io.js';
import type { ProblemList } from './problem-list.js';
import { child, stringOf, type TreeNode } from './tree-node.js';

/**
 * The project name: `-p`, COMPOSE_PROJECT_NAME, `name:` of the last file that has one, or the directory. The first
 * two must be valid; the others are made valid. Undefined after a problem was reported.
 */
export function projectNameOf(
  request: LoadRequest,
  documents: readonly TreeNode[],
  environment: ReadonlyMap<string, string>,
  directories: readonly string[],
  problems: ProblemList,
): string | undefined {
  const asked = request.projectName || environment.get('COMPOSE_PROJECT_NAME');
  if (asked) return checkedName(asked, problems);
  const candidates = [nameInFiles(documents, environment), ...directories.map((path) => basename(path))];
  for (const candidate of candidates) {
    const name = normalizeProjectName(candidate ?? '');
    if (name !== '') return name;
  }
  problems.error('config/project-name', 'the project name must not be empty', {
    hint: 'give it one with -p, COMPOSE_PROJECT_NAME or `name:`',
  });
  return undefined;
}

function checkedName(name: string, problems: ProblemList): string | undefined {
  if (isProjectName(name)) return name;
  problems.error(
    'config/project-name',
    `invalid project name "${name}": it may only have lower case letters, digits, hyphens and underscores, and must begin with a letter or digit`,
    { hint: `for example: ${normalizeProjectName(name) || 'my-project'}` },
  );
  return undefined;
}

function nameInFiles(
  documents: readonly TreeNode[],
  environment: ReadonlyMap<string, string>,
): string | undefined {
  const written = documents.map((document) => stringOf(child(document, 'name'))).findLast((name) => name);
  if (written === undefined) return undefined;
  const result = interpolateText(written, (name) => environment.get(name));
  return result.ok ? result.value : undefined;
}
