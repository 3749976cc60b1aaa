import { canonicalize } from './canonical/canonicalize.js';
import { checkModel } from './check-model.js';
import { checkKeys, checkSchema } from './check-schema.js';
import { resolveExtends } from './extends.js';
import { fillDefaults } from './fill-defaults.js';
import { fillIn } from './fill-in.js';
import { followWatchLinks } from './follow-watch-links.js';
import { resolveIncludes } from './include.js';
import { traceOf } from './interpolate-tree.js';
import { isSwitchedOn, lookupIn } from './lookup.js';
import { mergeDocuments } from './merge.js';
import type { ModelScope } from './model-scope.js';
import type { Place } from './place.js';
import { resolveEnvironment } from './resolve-environment.js';
import { resolvePaths } from './resolve-paths.js';
import { soundPart } from './sound-part.js';
import { SourceFile } from './source-file.js';
import { type MapEntry, type MapNode, mapNode, type TreeNode, withoutEntry } from './tree-node.js';
import { removeRepeated } from './unique.js';

export interface NamedFile {
  /** Absolute, or `<stdin>`. */
  readonly path: string;
  /** Where another file names it. */
  readonly place?: Place;
}

/**
 * The model that some files make together: each is read, interpolated and completed by what it includes and
 * extends, then merged over the ones before it; the result is checked and brought into its canonical form.
 * Undefined after a problem was reported.
 */
export async function loadFiles(
  files: readonly NamedFile[],
  scope: ModelScope,
): Promise<MapNode | undefined> {
  const before = scope.problems.errorCount;
  const merged = await mergeFiles(files, scope);
  if (merged === undefined) return undefined;
  if (scope.problems.errorCount > before) {
    checkKeys(merged, scope.problems);
    return undefined;
  }
  return completeModel(merged, scope);
}

async function mergeFiles(files: readonly NamedFile[], scope: ModelScope): Promise<MapNode | undefined> {
  let merged: MapNode | undefined;
  for (const { path, place } of files) {
    const documents = await scope.reader.documents(path, place, scope);
    for (const document of documents ?? []) {
      const prepared = await prepareDocument(document, path, scope);
      if (prepared === undefined) continue;
      merged = mergeDocuments(merged ?? emptyMap(prepared.place), prepared, scope.problems, scope.provenance);
    }
  }
  if (merged === undefined && !scope.problems.hasErrors) {
    const path = files[0]?.path ?? 'compose.yaml';
    scope.problems.error('config/missing-key', `empty compose file: ${path} has no content`, {
      place: files[0]?.place ?? { file: new SourceFile(path, ''), start: 0, end: 0 },
      hint: fileHint,
    });
  }
  return merged;
}

const fileHint = 'begin with a service: `services: {web: {image: nginx}}`';

function emptyMap(place: Place): MapNode {
  return mapNode(new Map<string, MapEntry>(), place);
}

/** One document of a file, ready to be merged. */
async function prepareDocument(
  document: TreeNode,
  path: string,
  scope: ModelScope,
): Promise<MapNode | undefined> {
  const { problems } = scope;
  if (document.kind === 'scalar' && document.value === null) return undefined;
  if (document.kind !== 'map') {
    problems.error('config/wrong-type', 'the top level of a Compose file must be a mapping', {
      place: document.place,
      hint: fileHint,
    });
    return undefined;
  }
  const tree = fillIn(document, path, scope);
  const included = await resolveIncludes(tree as MapNode, path, scope, loadFiles);
  const extended = await resolveExtends(included, path, scope);
  return withoutVersion(extended, path, scope);
}

function withoutVersion(document: MapNode, path: string, scope: ModelScope): MapNode {
  const version = document.entries.get('version');
  if (version === undefined) return document;
  scope.problems.warning(
    'config/obsolete',
    `${path}: the attribute \`version\` is obsolete, it is ignored; please remove it`,
    { place: version.key, path: ['version'] },
  );
  return withoutEntry(document, 'version');
}

/** From merged files to the canonical form. Running it again on its own result changes nothing. */
async function completeModel(merged: MapNode, scope: ModelScope): Promise<MapNode | undefined> {
  const { problems, options, workingDir, reader } = scope;
  const unique = removeRepeated(merged, scope.provenance) as MapNode;
  const before = problems.errorCount;
  const faults = checkSchema(unique, problems);
  problems.noteFaults(faults);
  const sound = problems.errorCount - before > faults.length ? undefined : soundPart(unique, faults);
  if (sound === undefined) return undefined;
  const checked = problems.errorCount;
  const unreadable = options.interpolate === 'yes' ? 'report' : 'keep';
  const canonical = canonicalize(sound, { problems, budget: reader.budget, unreadable });
  if (problems.errorCount > checked) return undefined;
  const filled = fillDefaults(removeRepeated(canonical, scope.provenance) as MapNode);
  checkModel(filled, problems);
  const isIncluded = scope.includedFrom.length > 0;
  const located =
    options.resolvePaths === 'yes' || isIncluded
      ? await followWatchLinks(
          resolvePaths(filled, {
            directory: workingDir,
            homeDir: reader.io.homeDir,
            ...(isSwitchedOn(scope.environment, 'COMPOSE_CONVERT_WINDOWS_PATHS')
              ? { windowsPaths: 'convert' }
              : {}),
          }),
          reader.io,
        )
      : filled;
  return resolveEnvironment(located, lookupIn(scope.environment), traceOf(scope));
}
