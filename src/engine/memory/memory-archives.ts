import { posix } from 'node:path';
import type { ArchivePort, PathStat, WriteOptions } from '../archive-port.js';
import { packTar, readTar, type TarEntry, type TarHeader } from '../tar.js';
import type { MemoryStore } from './memory-store.js';
import { checkAborted, refuse } from './refuse.js';

interface StoredFile {
  readonly header: TarHeader;
  readonly content: Uint8Array;
}

/** Absolute path → what is there. Directories have no slash at the end. */
type FileTree = Map<string, StoredFile>;

/** The files of containers that were put into them as archives. A new container has a root and a `/tmp`. */
export class MemoryArchives implements ArchivePort {
  readonly #store: MemoryStore;
  readonly #trees = new Map<string, FileTree>();

  constructor(store: MemoryStore) {
    this.#store = store;
  }

  async stat(containerId: string, path: string, signal?: AbortSignal): Promise<PathStat | undefined> {
    checkAborted(signal);
    const found = this.#treeOf(containerId, 'look at files of container').get(placeOf(path));
    if (found === undefined) return undefined;
    const { kind, sizeBytes, mode, linkTarget } = found.header;
    const target =
      linkTarget === undefined ? undefined : posix.resolve(posix.dirname(placeOf(path)), linkTarget);
    return { kind: kind === 'link' ? 'file' : kind, sizeBytes, mode: mode & 0o777, linkTarget: target };
  }

  async read(containerId: string, path: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    checkAborted(signal);
    const operation = `read ${path} of container`;
    const tree = this.#treeOf(containerId, operation);
    const root = placeOf(path);
    if (!tree.has(root)) refuse('not-found', operation, containerId, 'there is no such file');
    return packTar(entriesBelow(tree, root, posix.basename(path)));
  }

  async write(
    containerId: string,
    directory: string,
    archive: AsyncIterable<Uint8Array>,
    { onOtherKind = 'refuse' }: WriteOptions,
    signal?: AbortSignal,
  ): Promise<void> {
    checkAborted(signal);
    const operation = `write to ${directory} of container`;
    const tree = this.#treeOf(containerId, operation);
    if (tree.get(placeOf(directory))?.header.kind !== 'directory')
      refuse('not-found', operation, containerId, 'there is no such directory');
    for await (const { header, content } of readTar(archive)) {
      const place = posix.join(placeOf(directory), placeOf(header.path));
      const old = tree.get(place)?.header.kind;
      if (old !== undefined && (old === 'directory') !== (header.kind === 'directory')) {
        if (onOtherKind === 'refuse') refuse('bad-request', operation, containerId, `${place} is a ${old}`);
        removeTree(tree, place);
      }
      makeParents(tree, place);
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      tree.set(place, { header, content: Buffer.concat(chunks) });
    }
  }

  async remove(containerId: string, path: string, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    removeTree(this.#treeOf(containerId, 'remove a file of container'), placeOf(path));
  }

  #treeOf(containerId: string, operation: string): FileTree {
    const { id } = this.#store.container(containerId, operation);
    const tree = this.#trees.get(id) ?? new Map(['/', '/tmp'].map((path) => [path, emptyDirectory]));
    this.#trees.set(id, tree);
    return tree;
  }
}

const emptyDirectory: StoredFile = {
  header: {
    path: '',
    kind: 'directory',
    mode: 0o755,
    uid: 0,
    gid: 0,
    sizeBytes: 0,
    modifiedAtMs: 0,
    linkTarget: undefined,
  },
  content: new Uint8Array(),
};

function removeTree(tree: FileTree, place: string): void {
  for (const each of [...tree.keys()]) {
    if (each === place || each.startsWith(`${place}/`)) tree.delete(each);
  }
}

function makeParents(tree: FileTree, place: string): void {
  for (let up = posix.dirname(place); up !== '/'; up = posix.dirname(up)) {
    if (!tree.has(up)) tree.set(up, emptyDirectory);
  }
}

async function* entriesBelow(tree: FileTree, root: string, name: string): AsyncGenerator<TarEntry> {
  const prefix = root === '/' ? '/' : `${root}/`;
  const places = [...tree.keys()].filter((place) => place === root || place.startsWith(prefix)).sort();
  for (const place of places) {
    const stored = tree.get(place) ?? emptyDirectory;
    const path = posix.join(name, place.slice(root.length));
    const header = { ...stored.header, path: stored.header.kind === 'directory' ? `${path}/` : path };
    yield { header, content: chunksOf(stored.content) };
  }
}

async function* chunksOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  if (content.length > 0) yield content;
}

/** Absolute and without a slash at the end. */
function placeOf(path: string): string {
  return posix.resolve('/', path);
}
