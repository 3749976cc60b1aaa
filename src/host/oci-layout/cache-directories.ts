import { resolve } from 'node:path';
import type { ContentStore, ContentWriter } from '../../model/content-store.js';
import { blaming, blamingEach } from '../context/blame.js';
import { LayoutDirectory } from './layout-directory.js';

/** Local caches of builds. Builds that run at the same time may share a directory. */
export class CacheDirectories {
  readonly #opened = new Map<string, LayoutDirectory>();

  /** A relative path begins where the command runs, as docker has it. Errors name `key`. */
  open(directory: string, key: 'cache_from' | 'cache_to'): ContentStore {
    const root = resolve(directory);
    const layout = this.#opened.get(root) ?? new LayoutDirectory(root);
    this.#opened.set(root, layout);
    return blamed(layout, key);
  }
}

function blamed(layout: LayoutDirectory, key: string): ContentStore {
  return {
    sizeOf: (digest) => blaming([key], () => layout.sizeOf(digest)),
    read: (digest, range, signal) => blamingEach([key], layout.read(digest, range, signal)),
    begin: () => blaming([key], async () => blamedWriter(await layout.begin(), key)),
    find: (tag, otherwise) => blaming([key], () => layout.find(tag, otherwise)),
    tag: (tag, descriptor) => blaming([key], () => layout.tag(tag, descriptor)),
  };
}

function blamedWriter(writer: ContentWriter, key: string): ContentWriter {
  return {
    get writtenBytes() {
      return writer.writtenBytes;
    },
    write: (bytes) => blaming([key], () => writer.write(bytes)),
    restart: () => blaming([key], () => writer.restart()),
    commit: (expected) => blaming([key], () => writer.commit(expected)),
    discard: () => writer.discard(),
  };
}
