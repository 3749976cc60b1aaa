import { open, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { BuildPlaceError } from '../../problems/errors.js';
import { headBytes, isArchive } from './archive-kind.js';
import { blaming } from './blame.js';
import { isMissing, unreadable } from './read-failure.js';

/** What a context is, as far as a look at it tells. Nothing of it has been read. */
export type ContextPlace =
  | { readonly kind: 'directory'; readonly path: string }
  | { readonly kind: 'archive'; readonly path: string }
  | { readonly kind: 'stdin' }
  /** The engine fetches it. */
  | { readonly kind: 'url'; readonly url: string };

/** Looks at what `context` names. Throws BuildPlaceError when it is not there, or neither directory nor archive. */
export function placeOfContext(context: string): Promise<ContextPlace> {
  return blaming(['context'], () => lookAt(context));
}

async function lookAt(context: string): Promise<ContextPlace> {
  if (context === '-') return { kind: 'stdin' };
  if (!isAbsolute(context)) return { kind: 'url', url: context };
  const kind = await kindOf(context);
  if (kind === 'missing') throw await notThere(context);
  if (kind === 'directory') return { kind: 'directory', path: context };
  if (isArchive(await headOf(context))) return { kind: 'archive', path: await realpath(context) };
  throw new BuildPlaceError(
    context,
    `unable to prepare context: path "${context}" is neither a directory nor a tar archive`,
    { hint: '"context" is the directory whose files the Dockerfile sees; "dockerfile" names the file.' },
  );
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function notThere(context: string): Promise<BuildPlaceError> {
  const beside = await directoriesIn(dirname(context));
  const others = beside.length === 0 ? '' : ` There is ${beside.join(', ')} in ${dirname(context)}.`;
  return new BuildPlaceError(context, `unable to prepare context: path "${context}" not found`, {
    hint: `"context" is relative to the Compose file that it stands in.${others}`,
  });
}

const namesShown = 5;

async function directoriesIn(path: string): Promise<readonly string[]> {
  const found = await readdir(path, { withFileTypes: true }).catch(() => []);
  const names = found.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return names
    .map(({ name }) => name)
    .sort()
    .slice(0, namesShown);
}

export async function kindOf(path: string): Promise<'directory' | 'file' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch (error) {
    if (isMissing(error)) return 'missing';
    throw unreadable(path, error);
  }
}
