import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../problems/errors.js';

/** The file is there when all of it is: it is written beside its place and moved there. */
export async function writeWholeFile(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  mode = 0o600,
): Promise<void> {
  const partPath = `${path}.part`;
  let isMoved = false;
  // Asked for before the file is made: nothing is left behind when there is nothing to write.
  const iterator = chunks[Symbol.asyncIterator]();
  let next = await iterator.next();
  const file = await openFor(partPath, path, mode);
  try {
    for (; next.done !== true; next = await iterator.next()) await file.write(next.value);
    await file.close();
    await rename(partPath, path);
    isMoved = true;
  } finally {
    if (!isMoved) {
      await file.close().catch(() => {});
      await rm(partPath, { force: true });
      await iterator.return?.();
    }
  }
}

async function openFor(partPath: string, path: string, mode: number) {
  try {
    return await open(partPath, 'w', mode);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** Into whatever the path leads to: a file, a pipe, a device. */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

function cannotWrite(path: string, cause: unknown): UsageError {
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== 'ENOENT') return new UsageError(`cannot write ${path}: ${code ?? cause}`, { cause });
  const directory = dirname(path);
  return new UsageError(`cannot write ${path}: the directory ${directory} does not exist`, {
    cause,
    hint: `make it first: mkdir -p ${directory}`,
  });
}
