import { createWriteStream } from 'node:fs';
import { chmod, lchown, link, lstat, mkdir, rm, symlink, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readTar, type TarEntry, type TarHeader } from '../../engine/tar.js';
import { UsageError } from '../../problems/errors.js';
import { ArchivePaths } from './archive-paths.js';
import type { Placement } from './copy-place.js';

export interface UnpackOptions {
  /** `ours`: files belong to whoever copies; `as-archived` needs the right to give files away. */
  readonly owner: 'ours' | 'as-archived';
}

/**
 * Unpacks an archive of one file or directory in its place. Existing files are replaced, directories are joined, and
 * neither takes the place of the other. An entry that would come to lie outside, or behind a link, is refused with a
 * UsageError. Returns the paths of what cannot be made here: devices and pipes.
 */
export async function unpackLocal(
  archive: AsyncIterable<Uint8Array>,
  placement: Placement,
  options: UnpackOptions,
): Promise<string[]> {
  const paths = new ArchivePaths(placement);
  const directories: { readonly place: string; readonly header: TarHeader }[] = [];
  const skipped: string[] = [];
  for await (const entry of readTar(archive)) {
    const { header } = entry;
    const place = await paths.placeOf(header.path);
    if (header.kind === 'other') skipped.push(header.path);
    else if (header.kind === 'directory') {
      if (await makeDirectory(place)) directories.push({ place, header });
    } else await makeFile(entry, place, paths);
    if (options.owner === 'as-archived' && header.kind !== 'other')
      await lchown(place, header.uid, header.gid);
  }
  // Last, since a directory may forbid writing, and everything written in it changes its time.
  for (const { place, header } of directories.reverse()) await setAttributes(place, header);
  return skipped;
}

/** True when it is new: one that is there keeps its mode. */
async function makeDirectory(place: string): Promise<boolean> {
  const old = await lstatOrNothing(place);
  if (old === undefined) {
    await mkdir(place, { recursive: true });
    return true;
  }
  if (!old.isDirectory()) throw new UsageError(`cannot copy a directory over ${place}, which is none`);
  return false;
}

async function makeFile({ header, content }: TarEntry, place: string, paths: ArchivePaths): Promise<void> {
  const old = await lstatOrNothing(place);
  if (old?.isDirectory()) throw new UsageError(`cannot copy a file over ${place}, which is a directory`);
  // Removed first: what is there may be a link to somewhere else, or in use.
  if (old !== undefined) await rm(place);
  else await mkdir(dirname(place), { recursive: true });
  const target = header.linkTarget ?? '';
  if (header.kind === 'symlink') return symlink(target, place);
  if (header.kind === 'link') return link(await paths.placeOf(target), place);
  await pipeline(content, createWriteStream(place, { flags: 'wx', mode: 0o600 }));
  await setAttributes(place, header);
}

async function setAttributes(place: string, { mode, modifiedAtMs }: TarHeader): Promise<void> {
  await chmod(place, mode);
  await utimes(place, modifiedAtMs / 1000, modifiedAtMs / 1000);
}

export async function lstatOrNothing(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
