import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteRange, ContentDescriptor, ContentStore } from '../../model/content-store.js';
import { CancelledError } from '../../problems/errors.js';
import { isMissing, unreadable, unwritable } from '../context/read-failure.js';
import { blobPath } from './blob-path.js';
import { FileWriter } from './file-writer.js';
import { withIndexLock } from './index-lock.js';
import { findTag, type LayoutIndex, parseIndex, tagsOf, withTag } from './layout-index.js';

/** What travels in one message. */
const chunkBytes = 256 * 1024;

/**
 * A directory of the form that OCI calls image layout (`oci-layout`, `index.json`, `blobs/sha256/…`), made when
 * something is written to it. Methods throw BuildPlaceError.
 */
export class LayoutDirectory implements ContentStore {
  readonly #root: string;

  /** `root`: absolute path. */
  constructor(root: string) {
    this.#root = root;
  }

  async sizeOf(digest: string): Promise<number | undefined> {
    const path = blobPath(this.#root, digest);
    if (path === undefined) return undefined;
    const found = await orUndefined(stat(path), path);
    return found?.isFile() ? found.size : undefined;
  }

  async *read(
    digest: string,
    { startBytes, lengthBytes }: ByteRange,
    signal?: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const path = blobPath(this.#root, digest);
    if (path === undefined || lengthBytes <= 0) return;
    const range = { start: startBytes, end: startBytes + lengthBytes - 1, highWaterMark: chunkBytes };
    const stream = createReadStream(path, { ...range, ...(signal === undefined ? {} : { signal }) });
    try {
      yield* stream as AsyncIterable<Uint8Array>;
    } catch (error) {
      throw signal?.aborted ? new CancelledError() : unreadable(path, error);
    }
  }

  begin(): Promise<FileWriter> {
    return FileWriter.open(this.#root);
  }

  async find(tag: string, otherwise?: 'only'): Promise<ContentDescriptor | undefined> {
    return findTag(await this.#index(), tag, otherwise);
  }

  /** Every tag that `find` knows. */
  async tags(): Promise<readonly string[]> {
    return tagsOf(await this.#index());
  }

  async tag(tag: string, descriptor: ContentDescriptor): Promise<void> {
    try {
      await mkdir(this.#root, { recursive: true });
      // Two builds must not take away each other's tag.
      await withIndexLock(this.#root, () => this.#writeTag(tag, descriptor));
    } catch (error) {
      throw unwritable(this.#root, error);
    }
  }

  async #index(): Promise<LayoutIndex> {
    const path = join(this.#root, 'index.json');
    return parseIndex(await orUndefined(readFile(path, 'utf8'), path), path);
  }

  async #writeTag(tag: string, descriptor: ContentDescriptor): Promise<void> {
    const index = withTag(await this.#index(), tag, descriptor);
    await replaceFile(join(this.#root, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
    await replaceFile(join(this.#root, 'index.json'), JSON.stringify(index));
  }
}

/** Whoever reads it meanwhile sees the old one or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, text);
  await rename(unfinished, path);
}

async function orUndefined<T>(reading: Promise<T>, path: string): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(path, error);
  }
}
