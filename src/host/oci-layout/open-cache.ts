import { resolve } from 'node:path';
import type { ContentStore, ContentWriter } from '../../model/content-store.js';
import { blaming, blamingEach } from '../context/blame.js';
import { LayoutDirectory } from './layout-directory.js';

/**
 * The directory of a local cache. A relative path begins where the command runs, as docker has it. Errors name `key`.
 */
export function openCache(directory: string, key: 'cache_from' | 'cache_to'): ContentStore {
  const layout = new LayoutDirectory(resolve(directory));
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
