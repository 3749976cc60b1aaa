import { dirname, join } from 'node:path/posix';
import { parseEnvFile } from './env-file.js';
import { checkKnownKeys } from './known-keys.js';
import { locateFile } from './locate-file.js';
import type { ModelScope } from './model-scope.js';
import type { Place } from './place.js';
import { reportEnvFile } from './project-environment.js';
import { markAll } from './provenance.js';
import { isRemoteFile } from './remote/remote-sources.js';
import { absolutePath } from './resolve-paths.js';
import { sameTree } from './same-tree.js';
import {
  child,
  entriesOf,
  isNull,
  type MapEntry,
  type MapNode,
  mapNode,
  stringOf,
  type TreeNode,
  withEntry,
  withoutEntry,
} from './tree-node.js';

/** Loads the files of an include as a model of their own; undefined after a problem was reported. */
export type LoadIncluded = (
  files: readonly { readonly path: string; readonly place: Place }[],
  scope: ModelScope,
) => Promise<MapNode | undefined>;

interface IncludeEntry {
  readonly paths: readonly { readonly file: string; readonly place: Place }[];
  readonly projectDirectory?: string;
  readonly envFiles?: readonly { readonly file: string; readonly place: Place }[];
}

const importedSections = ['services', 'networks', 'volumes', 'configs', 'secrets', 'models'];

/** The document with everything that it includes, and without `include`. */
export async function resolveIncludes(
  document: MapNode,
  file: string,
  scope: ModelScope,
  load: LoadIncluded,
): Promise<MapNode> {
  const include = child(document, 'include');
  if (include === undefined) return document;
  let model = withoutEntry(document, 'include');
  if (isNull(include)) return model;
  if (include.kind !== 'list') {
    scope.problems.error('config/wrong-type', '`include` must be a list', {
      place: include.place,
      path: ['include'],
      hint: 'write `include: [FILE]`',
    });
    return model;
  }
  for (const item of include.items) {
    const entry = readEntry(item, scope);
    const imported = entry === undefined ? undefined : await loadEntry(entry, file, scope, load);
    if (imported !== undefined) model = importModel(model, traced(imported, entry, scope), scope);
  }
  return model;
}

function traced(imported: MapNode, entry: IncludeEntry | undefined, { provenance }: ModelScope): MapNode {
  const [first] = entry?.paths ?? [];
  if (provenance === undefined || first === undefined) return imported;
  return markAll(imported, { rule: 'include', other: first.place, name: first.file });
}

function readEntry(item: TreeNode, scope: ModelScope): IncludeEntry | undefined {
  checkKnownKeys(item, ['path', 'project_directory', 'env_file'], 'an include', scope.problems);
  const single = stringOf(item);
  if (single !== undefined) return { paths: [{ file: single, place: item.place }] };
  const paths = textsOf(child(item, 'path'));
  if (item.kind !== 'map' || paths === undefined || paths.length === 0) {
    scope.problems.error('config/include', 'an include needs a path', {
      place: item.place,
      path: ['include'],
      hint: 'write `- FILE`, or `- path: FILE`',
    });
    return undefined;
  }
  const projectDirectory = stringOf(child(item, 'project_directory'));
  const envFiles = textsOf(child(item, 'env_file'));
  return {
    paths,
    ...(projectDirectory === undefined ? {} : { projectDirectory }),
    ...(envFiles === undefined ? {} : { envFiles }),
  };
}

function textsOf(node: TreeNode | undefined): { file: string; place: Place }[] | undefined {
  if (node === undefined || isNull(node)) return undefined;
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item) => {
    const file = stringOf(item);
    return file === undefined ? [] : [{ file, place: item.place }];
  });
}

async function loadEntry(
  entry: IncludeEntry,
  file: string,
  scope: ModelScope,
  load: LoadIncluded,
): Promise<MapNode | undefined> {
  // A variable that is still there was reported as missing: its text is no path.
  if (scope.problems.hasErrors && entry.paths.some((path) => path.file.includes('${'))) return undefined;
  if (!scope.reader.budget.takeInclude()) {
    scope.problems.error('config/too-large', 'the files of this project include too many files', {
      place: entry.paths[0]?.place,
    });
    return undefined;
  }
  const files = await filesOf(entry, file, scope);
  if (files === undefined) return undefined;
  const first = files[0] as { path: string; place: Place };
  const trail = [...scope.includedFrom, file];
  const repeated = files.find(({ path }) => trail.includes(path));
  if (repeated !== undefined) {
    const chain = [...trail.slice(trail.indexOf(repeated.path)), repeated.path].join(' includes ');
    scope.problems.error('config/cycle', `include cycle detected: ${chain}`, { place: repeated.place });
    return undefined;
  }
  const workingDir = directoryOf(entry, first.path, scope);
  const isOurs =
    entry.projectDirectory === undefined || (await scope.reader.remote.mayRead(workingDir, first.place));
  if (!isOurs) return undefined;
  const own = await includeEnvironment(entry, workingDir, scope);
  if (own === undefined) return undefined;
  const { environment, envFiles } = own;
  const includeEnvFiles = [...envFiles, ...scope.includeEnvFiles];
  for (const path of envFiles) scope.provenance?.includeEnvFiles.push({ path, place: first.place });
  return load(files, { ...scope, workingDir, environment, includeEnvFiles, includedFrom: trail });
}

/** The files of an include, absolute; undefined after a problem was reported. */
async function filesOf(
  { paths }: IncludeEntry,
  file: string,
  scope: ModelScope,
): Promise<{ path: string; place: Place }[] | undefined> {
  const { io, remote } = scope.reader;
  const files: { path: string; place: Place }[] = [];
  for (const { file: named, place } of paths) {
    const found = isRemoteFile(named)
      ? await remote.filesOf(named, place)
      : [await locateFile(named, [scope.workingDir, dirname(file)], io)];
    if (found === undefined) return undefined;
    for (const path of found) {
      if (!(isRemoteFile(named) || (await remote.mayRead(path, place)))) return undefined;
      files.push({ path, place });
    }
  }
  return files;
}

function directoryOf(entry: IncludeEntry, firstPath: string, scope: ModelScope): string {
  if (entry.projectDirectory === undefined) return dirname(firstPath);
  const base = { directory: scope.workingDir, homeDir: scope.reader.io.homeDir };
  return absolutePath(entry.projectDirectory, base);
}

interface IncludeEnvironment {
  readonly environment: ReadonlyMap<string, string>;
  /** The files of the include's own, absolute; the one that wins first. */
  readonly envFiles: readonly string[];
}

/** Ours, completed by the include's env files, or by the `.env` of its directory. Undefined after a problem. */
async function includeEnvironment(
  entry: IncludeEntry,
  workingDir: string,
  scope: ModelScope,
): Promise<IncludeEnvironment | undefined> {
  const { reader, problems } = scope;
  const base = { directory: scope.workingDir, homeDir: reader.io.homeDir };
  const named = entry.envFiles?.filter(({ file }) => file !== '/dev/null');
  const files =
    named?.map(({ file, place }) => ({ path: absolutePath(file, base), place })) ??
    ((await reader.io.kindOf(join(workingDir, '.env'))) === 'file'
      ? [{ path: join(workingDir, '.env'), place: undefined }]
      : []);
  const own = new Map<string, string>();
  for (const { path, place } of files) {
    if (place !== undefined && !(await reader.remote.mayRead(path, place))) return undefined;
    const text = await reader.text(path, place);
    if (text === undefined) return undefined;
    const parsed = parseEnvFile(
      text,
      (name) => scope.environment.get(name),
      (name) => own.get(name),
    );
    if (!parsed.ok) {
      reportEnvFile(path, text, parsed, problems);
      return undefined;
    }
    for (const [name, value] of parsed.entries) if (value !== null) own.set(name, value);
  }
  const envFiles = files.map(({ path }) => path).reverse();
  return { environment: new Map([...own, ...scope.environment]), envFiles };
}

/** Adds the resources of an included model. What is defined on both sides must be the same. */
function importModel(model: MapNode, imported: MapNode, scope: ModelScope): MapNode {
  let result = model;
  for (const section of importedSections) {
    const added = entriesOf(child(imported, section));
    if (added.size === 0) continue;
    const own = child(result, section);
    if (own !== undefined && !isNull(own) && own.kind !== 'map') continue;
    const entries = new Map<string, MapEntry>(entriesOf(own));
    for (const [name, entry] of added) {
      const earlier = entries.get(name);
      if (earlier === undefined) entries.set(name, entry);
      else if (!sameTree(earlier.value, entry.value)) reportConflict(section, name, earlier, entry, scope);
    }
    result = withEntry(result, section, mapNode(entries, own?.place ?? imported.place));
  }
  return result;
}

function reportConflict(
  section: string,
  name: string,
  here: MapEntry,
  there: MapEntry,
  scope: ModelScope,
): void {
  scope.problems.error('config/include-conflict', `${section}.${name} conflicts with an included resource`, {
    place: here.key,
    path: [section, name],
    related: [{ message: 'the included one stands here', place: there.key }],
    hint: 'rename one of them, or change the included one in a second file (-f)',
  });
}
