import { createHash, randomUUID } from 'node:crypto';
import { mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheHome } from '../cache-home.js';

/** What decides where copies are kept. */
export interface CopySurroundings {
  readonly environment: ReadonlyMap<string, string>;
  readonly homeDir: string;
}

/**
 * Where a version of something is kept: `$XDG_CACHE_HOME/tscompose/remote/KIND/SOURCE/VERSION/NAME`. The source does
 * not change with its versions, by which a project is known again; the name is what a project is called after.
 */
export function copyPlace(
  { environment, homeDir }: CopySurroundings,
  kind: 'oci' | 'git',
  copy: { readonly source: string; readonly version: string; readonly name: string },
): string {
  const base = cacheHome(environment.get('XDG_CACHE_HOME'), homeDir);
  const source = createHash('sha256').update(copy.source).digest('hex');
  return join(base, 'remote', kind, source, copy.version, copy.name);
}

/** The real path of a copy that is there, whole; undefined: it is not there yet. */
export async function existingCopy(place: string): Promise<string | undefined> {
  const found = await stat(place).catch(() => undefined);
  return found?.isDirectory() ? realpath(place) : undefined;
}

/** Makes a copy in one piece: `fill` gets an empty directory. Gives its real path. Who comes second takes the first's. */
export async function makeCopy(place: string, fill: (directory: string) => Promise<void>): Promise<string> {
  const unfinished = join(dirname(dirname(place)), `unfinished-${randomUUID()}`);
  try {
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await fill(unfinished);
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    await rename(unfinished, place).catch(async (error: unknown) => {
      if ((await existingCopy(place)) === undefined) throw error;
    });
    return await realpath(place);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
