import { groupBy } from '../../model/group-by.js';
import type { ValuePath } from '../../model/span.js';
import { placeAt } from '../check-schema.js';
import type { LoadRequest } from '../load-io.js';
import type { ProblemList } from '../problem-list.js';
import type { MapNode } from '../tree-node.js';
import { findIgnored, type IgnoredKey } from './find-ignored.js';

/**
 * Says which keys have no effect. As warnings they are told once for each reason, as a long list of them would hide
 * what matters; as errors one by one, since each has to go.
 */
export function reportIgnored(
  tree: MapNode,
  isUsed: (path: ValuePath) => boolean,
  ignoredKeys: NonNullable<LoadRequest['ignoredKeys']>,
  problems: ProblemList,
): void {
  if (ignoredKeys === 'accept') return;
  const found = findIgnored(tree).filter(({ path }) => isUsed(path));
  if (ignoredKeys === 'refuse') {
    for (const key of found) refuse(key, tree, problems);
    return;
  }
  for (const [note, keys] of groupBy(found, ({ support }) => support.note)) warn(note, keys, tree, problems);
}

function refuse({ path, support }: IgnoredKey, tree: MapNode, problems: ProblemList): void {
  problems.error('config/unsupported', `${ownersOf([path])}: \`${keyText(path)}\` has no effect`, {
    place: placeAt(tree, path, 'key'),
    path,
    hint: support.note,
  });
}

function warn(note: string, keys: readonly IgnoredKey[], tree: MapNode, problems: ProblemList): void {
  const [first] = keys;
  if (first === undefined) return;
  const names = [...new Set(keys.map(({ path }) => `\`${keyText(path)}\``))];
  const verb = names.length === 1 ? 'is accepted, but has' : 'are accepted, but have';
  const owners = ownersOf(keys.map(({ path }) => path));
  problems.warning('config/unsupported', `${names.join(', ')} of ${owners} ${verb} no effect`, {
    place: placeAt(tree, first.path, 'key'),
    path: first.path,
    hint: note,
  });
}

/** Names of services, networks…, each once: `web, db`. */
function ownersOf(paths: readonly ValuePath[]): string {
  return [...new Set(paths.map(([section, name]) => String(name ?? section)))].join(', ');
}

/** What stands below the owner: `deploy.placement`. */
function keyText(path: ValuePath): string {
  const below = path.length > 2 ? path.slice(2) : path.slice(0, 1);
  return below
    .map((step) => (typeof step === 'number' ? `[${step}]` : step))
    .join('.')
    .replaceAll('.[', '[');
}
