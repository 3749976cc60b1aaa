import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { BuildSpec } from '../../model/build.js';
import { BuildPlaceError } from '../../problems/errors.js';
import { blaming } from './blame.js';
import { isMissing, unreadable } from './read-failure.js';

/** The Dockerfile of a build whose context is a directory. */
export interface FoundDockerfile {
  readonly text: string;
  /** Absolute. undefined: it stands in the Compose file. */
  readonly path: string | undefined;
}

const defaultName = 'Dockerfile';

/** Reads the Dockerfile, in the context or elsewhere. Throws BuildPlaceError. */
export async function findDockerfile(spec: BuildSpec, root: string): Promise<FoundDockerfile> {
  return blaming(['dockerfile'], () => find(spec, root));
}

async function find(spec: BuildSpec, root: string): Promise<FoundDockerfile> {
  if (spec.dockerfileInline !== undefined) return { text: spec.dockerfileInline, path: undefined };
  const path = resolve(root, spec.dockerfile ?? defaultName);
  const isDefault = basename(path) === defaultName;
  // Docker falls back to this spelling too.
  const candidates = isDefault ? [path, join(dirname(path), defaultName.toLowerCase())] : [path];
  for (const candidate of candidates) {
    const text = await textOf(candidate);
    if (text !== undefined) return { text, path: candidate };
  }
  throw await notFound(path);
}

/** Of a context that is no directory here: inline, or at an absolute path. undefined: in the context. */
export async function dockerfileOutside(spec: BuildSpec): Promise<string | undefined> {
  const isElsewhere = spec.dockerfile !== undefined && isAbsolute(spec.dockerfile);
  if (spec.dockerfileInline === undefined && !isElsewhere) return undefined;
  return (await findDockerfile(spec, '/')).text;
}

/** Relative to the context. undefined: it is not in it. */
export function pathInContext({ path }: FoundDockerfile, root: string): string | undefined {
  if (path === undefined) return undefined;
  const inContext = relative(root, path);
  return inContext === '..' || inContext.startsWith('../') ? undefined : inContext;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(path, error);
  }
}

async function notFound(path: string): Promise<BuildPlaceError> {
  const others = await dockerfilesIn(dirname(path));
  const hint =
    others === undefined
      ? 'Its directory does not exist: "dockerfile" is relative to "context".'
      : others.length === 0
        ? 'Write one, or say with "dockerfile" where it is, relative to "context".'
        : `There is ${others.join(', ')} in that directory: name it with "dockerfile".`;
  return new BuildPlaceError(path, `failed to read dockerfile: ${path}: no such file or directory`, { hint });
}

const namesShown = 3;

/** Files that look like one. undefined: there is no such directory. */
async function dockerfilesIn(directory: string): Promise<readonly string[] | undefined> {
  try {
    const names = await readdir(directory);
    const likely = names.filter((name) => /(docker|container)file/i.test(name) && !name.endsWith('ignore'));
    return likely.sort().slice(0, namesShown);
  } catch {
    return undefined;
  }
}
