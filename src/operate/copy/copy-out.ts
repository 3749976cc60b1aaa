import { readlink, realpath, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Engine } from '../../engine/engine.js';
import { EngineError, UsageError } from '../../problems/errors.js';
import { type Destination, lastPart, placementOf, saysDirectory } from './copy-place.js';
import { lstatOrNothing, unpackLocal } from './unpack-local.js';

/** A path in a container, which goes by its name: that is what people know when something goes wrong. */
export interface ContainerPath {
  readonly container: string;
  readonly path: string;
}

export interface CopyOptions {
  /** What of a link that is copied itself: the link, or what it leads to. */
  readonly links: 'keep' | 'follow';
  readonly owner: 'default' | 'keep';
  /** Absolute path that paths of ours start from. */
  readonly cwd: string;
}

/** Copies a file or directory of a container to a path of ours. Returns what could not be made here. */
export async function copyOut(
  engine: Engine,
  from: ContainerPath,
  to: string,
  options: CopyOptions,
  signal?: AbortSignal,
): Promise<string[]> {
  const source = await findSource(engine, from, options, signal);
  const destination = await findDestination(to, options.cwd);
  const placement = placementOf(source, destination);
  const archive = await engine.archives.read(from.container, source.realPath, signal);
  return unpackLocal(archive, placement, { owner: options.owner === 'keep' ? 'as-archived' : 'ours' });
}

/** Writes a file or directory of a container as an archive. */
export async function copyToStream(
  engine: Engine,
  from: ContainerPath,
  to: Writable,
  options: CopyOptions,
  signal?: AbortSignal,
): Promise<void> {
  const { realPath } = await findSource(engine, from, options, signal);
  await pipeline(await engine.archives.read(from.container, realPath, signal), to, { end: false });
}

async function findSource(
  engine: Engine,
  { container, path }: ContainerPath,
  { links }: CopyOptions,
  signal: AbortSignal | undefined,
) {
  const found = await engine.archives.stat(container, withoutSlash(path), signal);
  if (found === undefined) throw noSuchFile(path, container);
  if (found.kind !== 'directory' && saysDirectory(path)) throw new UsageError(`${path} is not a directory`);
  const name = lastPart(path);
  if (found.kind !== 'symlink' || links === 'keep')
    return { path, name, realPath: path, kind: kindOf(found.kind) };
  const realPath = posix.resolve('/', posix.dirname(path), found.linkTarget ?? '');
  const target = await engine.archives.stat(container, realPath, signal);
  if (target === undefined) throw noSuchFile(realPath, container);
  return { path, name, realPath, kind: kindOf(target.kind) };
}

/** With a slash behind a file, engines say nothing that helps. */
function withoutSlash(path: string): string {
  return path.replace(/\/+\.?$/, '') || '/';
}

function kindOf(kind: string): 'directory' | 'other' {
  return kind === 'directory' ? 'directory' : 'other';
}

export function noSuchFile(path: string, container: string): EngineError {
  return new EngineError('not-found', `could not find the file ${path} in container ${container}`, {
    operation: 'copy',
    resource: container,
  });
}

/** Links are followed, also one that leads to where nothing is yet. Throws UsageError when there is no directory for it. */
async function findDestination(to: string, cwd: string): Promise<Destination> {
  const path = await throughLink(posix.resolve(cwd, to), to);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return { path: await realpath(path), kind: 'directory' };
  const parent = posix.dirname(path);
  const directory = await stat(parent).catch(() => undefined);
  if (!directory?.isDirectory())
    throw new UsageError(`cannot copy to ${to}: the directory ${parent} does not exist`, {
      hint: 'make it first',
    });
  const place = posix.join(await realpath(parent), posix.basename(path));
  return { path: saysDirectory(to) ? `${place}/` : place, kind: found === undefined ? 'missing' : 'file' };
}

/** As many links as any system follows. */
const linkLimit = 40;

async function throughLink(path: string, to: string): Promise<string> {
  let place = path;
  for (let count = 0; count < linkLimit; count++) {
    const found = await lstatOrNothing(place);
    if (found?.isSymbolicLink() !== true) return place;
    place = posix.resolve(posix.dirname(place), await readlink(place));
  }
  throw new UsageError(`cannot copy to ${to}: links go round in a circle`);
}
