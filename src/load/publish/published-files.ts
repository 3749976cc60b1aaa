import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path/posix';
import { interpolateTree } from '../interpolate-tree.js';
import type { LoadIo } from '../load-io.js';
import { locateFile } from '../locate-file.js';
import { lookupIn } from '../lookup.js';
import type { Place } from '../place.js';
import { ProblemList } from '../problem-list.js';
import type { ProjectSource } from '../project-source.js';
import { isRemoteFile } from '../remote/remote-sources.js';
import { SourceReader, standardInput } from '../source-reader.js';
import { child, entriesOf, stringOf, type TreeNode } from '../tree-node.js';

/** A file as it is published: under a name without a directory, and with such names for the files that it names. */
export interface PublishedFile {
  readonly kind: 'compose' | 'extends' | 'env';
  readonly name: string;
  readonly text: string;
  /** Where it is here. Absolute, or `<stdin>`. */
  readonly path: string;
}

export interface PublishedFiles {
  /** Compose files in merge order, then those that are extended, then env files. */
  readonly files: readonly PublishedFile[];
  /** Includes of files of this host: they cannot be published. */
  readonly localIncludes: readonly Place[];
}

/** The files of a project that loads without problems. */
export async function publishedFiles(source: ProjectSource, io: LoadIo): Promise<PublishedFiles> {
  const collector = new Collector(source, io);
  for (const path of source.configFiles) await collector.addCompose(path, 'compose', source.workingDir);
  return collector.result();
}

interface Edit {
  readonly place: Place;
  readonly text: string;
}

class Collector {
  readonly #source: ProjectSource;
  readonly #reader: SourceReader;
  readonly #files = new Map<string, PublishedFile>();
  readonly #localIncludes: Place[] = [];

  constructor(source: ProjectSource, io: LoadIo) {
    this.#source = source;
    // It was loaded before: what is wrong was told then.
    this.#reader = new SourceReader(io, new ProblemList());
  }

  result(): PublishedFiles {
    const all = [...this.#files.values()];
    const of = (kind: PublishedFile['kind']) => all.filter((file) => file.kind === kind);
    return { files: [...of('compose'), ...of('extends'), ...of('env')], localIncludes: this.#localIncludes };
  }

  /** `directory`: what its paths are relative to. */
  async addCompose(path: string, kind: 'compose' | 'extends', directory: string): Promise<void> {
    if (this.#files.has(path)) return;
    const name =
      kind === 'extends'
        ? hiddenName(path, 'yaml')
        : path === standardInput
          ? 'compose.yaml'
          : basename(path);
    const documents = (await this.#reader.documents(path)) ?? [];
    const text = (this.#reader.texts.get(path) ?? '').replace(/^\ufeff/, '');
    this.#files.set(path, { kind, name, text, path });
    const edits: Edit[] = [];
    for (const document of documents) {
      const tree = interpolateTree(document, lookupIn(this.#source.environment), new ProblemList());
      this.#noteIncludes(tree);
      for (const { value } of entriesOf(child(tree, 'services')).values())
        edits.push(...(await this.#editsOf(value, path, directory)));
    }
    this.#files.set(path, { kind, name, text: edited(text, edits), path });
  }

  #noteIncludes(tree: TreeNode): void {
    for (const item of itemsOf(child(tree, 'include'))) {
      const paths = itemsOf(stringOf(item) === undefined ? child(item, 'path') : item);
      for (const path of paths) if (!isRemoteFile(stringOf(path) ?? '')) this.#localIncludes.push(path.place);
    }
  }

  async #editsOf(service: TreeNode, path: string, directory: string): Promise<Edit[]> {
    const { io } = this.#reader;
    const edits: Edit[] = [];
    const base = child(child(service, 'extends'), 'file');
    const baseFile = stringOf(base);
    if (base !== undefined && baseFile !== undefined && !isRemoteFile(baseFile)) {
      const found = await locateFile(baseFile, [directory, dirname(path)], io);
      await this.addCompose(found, 'extends', dirname(found));
      edits.push({ place: base.place, text: hiddenName(found, 'yaml') });
    }
    for (const item of itemsOf(child(service, 'env_file'))) {
      const named = stringOf(item) === undefined ? child(item, 'path') : item;
      const file = stringOf(named);
      if (named === undefined || file === undefined) continue;
      const found = await locateFile(file, [directory], io);
      if ((await io.kindOf(found)) !== 'file') continue;
      const name = hiddenName(found, 'env');
      const text = (await io.readFile(found)) ?? '';
      this.#files.set(found, { kind: 'env', name, text, path: found });
      edits.push({ place: named.place, text: name });
    }
    return edits;
  }
}

/** A name that is no other file's, and that does not tell where it was. */
function hiddenName(path: string, extension: 'yaml' | 'env'): string {
  return `${createHash('sha256').update(path).digest('hex')}.${extension}`;
}

function itemsOf(node: TreeNode | undefined): readonly TreeNode[] {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
}

/** The text with other words at some places; all the rest, comments too, is as it was. */
function edited(text: string, edits: readonly Edit[]): string {
  const byStart = new Map(edits.map((edit) => [edit.place.start, edit]));
  const lastFirst = [...byStart.values()].sort((a, b) => b.place.start - a.place.start);
  return lastFirst.reduce(
    (all, { place, text: words }) => all.slice(0, place.start) + words + all.slice(place.end),
    text,
  );
}
