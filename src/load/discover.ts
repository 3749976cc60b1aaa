import { basename, dirname, isAbsolute, join } from 'node:path/posix';
import type { LoadIo, LoadRequest } from './load-io.js';
import type { ProblemList } from './problem-list.js';
import { isRemoteFile, type RemoteSources } from './remote/remote-sources.js';
import { standardInput } from './source-reader.js';

const defaultNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
/** Found by themselves only where somebody stands, and only when there is nothing else: they are run. */
const codeNames = ['compose.ts', 'compose.mts', 'compose.js', 'compose.mjs'];
const overrideNames = [
  'compose.override.yaml',
  'compose.override.yml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** Where to look before any file is known: `--project-directory`, the place of the first `-f`, or here. */
export function startDirectory(request: LoadRequest, io: LoadIo): string {
  if (request.projectDirectory !== undefined) return absolute(request.projectDirectory, io);
  const first = request.files[0];
  return first === undefined || first === '-' || isRemoteFile(first) ? io.cwd : dirname(absolute(first, io));
}

/** The Compose files of a project, absolute, in merge order; undefined after a problem was reported. */
export async function discoverFiles(
  request: LoadRequest,
  io: LoadIo,
  environment: ReadonlyMap<string, string>,
  problems: ProblemList,
  remote: RemoteSources,
): Promise<string[] | undefined> {
  const named = request.files.length > 0 ? request.files : filesOfVariable(environment);
  if (named.length > 0) return absoluteFiles(named, io, remote);
  const directory = request.projectDirectory === undefined ? io.cwd : absolute(request.projectDirectory, io);
  const found = await searchUpwards(directory, io, problems);
  const code = await existing(codeNames, directory, io);
  const [first] = found;
  if (first !== undefined) {
    if (code.length > 0) warnAmbiguous(first, code, problems);
    return found;
  }
  if (code.length === 1) return withOverride(code, directory, io);
  if (code.length > 1) refuseAmbiguous(code, problems);
  else await reportNone(directory, io, problems);
  return undefined;
}

/** The first of the files, when nobody named it and it lies above the directory where somebody stands. */
export function foundAbove(
  files: readonly string[],
  request: LoadRequest,
  io: LoadIo,
  environment: ReadonlyMap<string, string>,
): string | undefined {
  const isNamed = request.files.length > 0 || filesOfVariable(environment).length > 0;
  const [first] = files;
  return isNamed || first === undefined || dirname(first) === startDirectory(request, io) ? undefined : first;
}

/** The directory that relative paths of the files resolve against. */
export function projectDirectoryOf(request: LoadRequest, files: readonly string[], io: LoadIo): string {
  if (request.projectDirectory !== undefined) return absolute(request.projectDirectory, io);
  const first = files[0];
  return first === undefined || first === standardInput ? io.cwd : dirname(first);
}

export function absolute(path: string, io: LoadIo): string {
  const joined = isAbsolute(path) ? join(path) : join(io.cwd, path);
  return joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
}

function filesOfVariable(environment: ReadonlyMap<string, string>): string[] {
  const value = environment.get('COMPOSE_FILE') ?? '';
  const separator = environment.get('COMPOSE_PATH_SEPARATOR') || ':';
  return value.split(separator).filter((path) => path !== '');
}

async function absoluteFiles(
  named: readonly string[],
  io: LoadIo,
  remote: RemoteSources,
): Promise<string[] | undefined> {
  const found: (readonly string[] | undefined)[] = [];
  for (const path of named)
    found.push(
      isRemoteFile(path) ? await remote.filesOf(path) : [path === '-' ? standardInput : absolute(path, io)],
    );
  return found.every((files) => files !== undefined) ? found.flat() : undefined;
}

async function searchUpwards(start: string, io: LoadIo, problems: ProblemList): Promise<string[]> {
  for (let directory = start; ; directory = dirname(directory)) {
    const found = await existing(defaultNames, directory, io);
    const [first, ...others] = found;
    if (first !== undefined) {
      if (others.length > 0) warnAmbiguous(first, others, problems);
      return withOverride([first], directory, io);
    }
    if (directory === dirname(directory)) return [];
  }
}

async function withOverride(files: readonly string[], directory: string, io: LoadIo): Promise<string[]> {
  const [override] = await existing(overrideNames, directory, io);
  return override === undefined ? [...files] : [...files, override];
}

async function existing(names: readonly string[], directory: string, io: LoadIo): Promise<string[]> {
  const paths = names.map((name) => join(directory, name));
  const kinds = await Promise.all(paths.map((path) => io.kindOf(path)));
  return paths.filter((_, index) => kinds[index] === 'file');
}

async function reportNone(directory: string, io: LoadIo, problems: ProblemList): Promise<void> {
  const above = await codeAbove(directory, io);
  const hint =
    above === undefined
      ? 'go to the directory of your compose.yaml, or name it with -f'
      : `${above} is code, and that is run by itself only in its own directory: name it with -f`;
  const message = `no configuration file provided: there is no compose.yaml in ${directory}`;
  problems.error('config/not-found', message, { hint });
}

async function codeAbove(start: string, io: LoadIo): Promise<string | undefined> {
  for (let directory = start; directory !== dirname(directory); directory = dirname(directory)) {
    const [found] = await existing(codeNames, dirname(directory), io);
    if (found !== undefined) return found;
  }
  return undefined;
}

function refuseAmbiguous(found: readonly string[], problems: ProblemList): void {
  const names = found.map((path) => basename(path)).join(', ');
  problems.error('config/ambiguous', `found several Compose files that are code: ${names}`, {
    hint: 'remove the others, or name the file with -f',
  });
}

function warnAmbiguous(first: string, others: readonly string[], problems: ProblemList): void {
  const names = [first, ...others].map((path) => basename(path)).join(', ');
  problems.warning('config/ambiguous', `found several Compose files: ${names}; ${basename(first)} is used`, {
    hint: 'remove the others, or name the files with -f',
  });
}
