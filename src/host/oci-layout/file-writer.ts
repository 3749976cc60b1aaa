import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ContentWriter } from '../../model/content-store.js';
import { unwritable } from '../context/read-failure.js';
import { blobPath } from './blob-path.js';

/** What is not finished lies beside the blobs, where other tools look for nothing. */
const unfinished = 'ingest';

/**
 * Writes a blob of a layout: under a name of its own until all of it is there and is what it should be. Throws
 * BuildPlaceError.
 */
export class FileWriter implements ContentWriter {
  readonly #root: string;
  readonly #path: string;
  readonly #file: FileHandle;
  #hash = createHash('sha256');
  #writtenBytes = 0;

  private constructor(root: string, path: string, file: FileHandle) {
    this.#root = root;
    this.#path = path;
    this.#file = file;
  }

  static async open(root: string): Promise<FileWriter> {
    const path = join(root, unfinished, randomUUID());
    return writing(root, async () => {
      await mkdir(dirname(path), { recursive: true });
      return new FileWriter(root, path, await open(path, 'wx'));
    });
  }

  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const at = this.#writtenBytes + done;
      const { bytesWritten } = await writing(this.#root, () => this.#file.write(bytes, done, null, at));
      done += bytesWritten;
    }
    this.#hash.update(bytes);
    this.#writtenBytes += bytes.length;
  }

  async restart(): Promise<void> {
    await writing(this.#root, () => this.#file.truncate(0));
    this.#hash = createHash('sha256');
    this.#writtenBytes = 0;
  }

  async commit(expected: string | undefined): Promise<string> {
    const digest = `sha256:${this.#hash.digest('hex')}`;
    const target = blobPath(this.#root, digest);
    if (target === undefined || (expected !== undefined && expected !== digest)) {
      await this.discard();
      throw new Error(`this is not ${expected}, but ${digest}`);
    }
    await writing(this.#root, async () => {
      await this.#file.close();
      await mkdir(dirname(target), { recursive: true });
      await rename(this.#path, target);
    });
    return digest;
  }

  async discard(): Promise<void> {
    await this.#file.close().catch(() => {});
    await rm(this.#path, { force: true }).catch(() => {});
  }
}

async function writing<T>(root: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw unwritable(root, error);
  }
}
