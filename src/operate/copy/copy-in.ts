import { posix } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Engine } from '../../engine/engine.js';
import { packTar } from '../../engine/tar.js';
import { EngineError, UsageError } from '../../problems/errors.js';
import { type ContainerPath, type CopyOptions, noSuchFile } from './copy-out.js';
import { type Destination, placementOf } from './copy-place.js';
import { findLocalSource, packLocal } from './pack-local.js';

/** Copies a file or directory of ours into containers, into all at once. */
export async function copyIn(
  engine: Engine,
  from: string,
  to: readonly ContainerPath[],
  options: CopyOptions,
  signal?: AbortSignal,
): Promise<void> {
  const source = await findLocalSource(from, options.cwd, options.links);
  await Promise.all(
    to.map(async (place) => {
      const { directory, name } = placementOf(source, await findDestination(engine, place, signal));
      const archive = packTar(packLocal(source, name));
      await write(engine, place, directory, archive, options, signal);
    }),
  );
}

/** Unpacks an archive in containers. Throws UsageError for a path that is no directory. */
export async function copyFromStream(
  engine: Engine,
  from: AsyncIterable<Uint8Array>,
  to: readonly ContainerPath[],
  options: CopyOptions,
  signal?: AbortSignal,
): Promise<void> {
  const directories = await Promise.all(
    to.map(async (place) => {
      const { path, kind } = await findDestination(engine, place, signal);
      if (kind === 'directory') return path;
      throw new UsageError(`destination "${place.container}:${place.path}" must be a directory`);
    }),
  );
  const copies = to.map(() => new PassThrough());
  const writing = to.map((place, index) =>
    write(
      engine,
      place,
      directories[index] ?? '',
      copies[index] ?? new PassThrough(),
      options,
      signal,
    ).finally(() => copies[index]?.destroy()),
  );
  await Promise.all([spread(from, copies), ...writing]);
}

/** As fast as the slowest takes it. One that fails holds nobody up. */
async function spread(from: AsyncIterable<Uint8Array>, copies: readonly PassThrough[]): Promise<void> {
  for await (const chunk of from) {
    const open = copies.filter(({ destroyed }) => !destroyed);
    if (open.length === 0) return;
    await Promise.all(open.map((copy) => pushed(copy, chunk)));
  }
  for (const copy of copies) copy.end();
}

function pushed(copy: PassThrough, chunk: Uint8Array): Promise<void> | undefined {
  if (copy.write(chunk)) return undefined;
  return new Promise((resolve) => {
    const goOn = () => {
      copy.off('drain', goOn).off('close', goOn);
      resolve();
    };
    copy.on('drain', goOn).on('close', goOn);
  });
}

async function findDestination(
  engine: Engine,
  { container, path }: ContainerPath,
  signal: AbortSignal | undefined,
): Promise<Destination> {
  const absolute = path.startsWith('/') ? path : `/${path}`;
  const found = await engine.archives.stat(container, absolute, signal);
  if (found?.kind === 'directory') return { path: absolute, kind: 'directory' };
  if (found?.kind !== 'symlink') return { path: absolute, kind: found === undefined ? 'missing' : 'file' };
  const target = posix.resolve('/', posix.dirname(absolute), found.linkTarget ?? '');
  const kind = (await engine.archives.stat(container, target, signal))?.kind;
  return { path: target, kind: kind === undefined ? 'missing' : kind === 'directory' ? kind : 'file' };
}

async function write(
  engine: Engine,
  { container }: ContainerPath,
  directory: string,
  archive: AsyncIterable<Uint8Array>,
  { owner }: CopyOptions,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = { owner: owner === 'keep' ? 'user-of-container' : 'as-archived' } as const;
  try {
    await engine.archives.write(container, directory, archive, options, signal);
  } catch (error) {
    const isMissing = error instanceof EngineError && error.kind === 'not-found';
    throw isMissing ? noSuchFile(directory, container) : error;
  }
}
