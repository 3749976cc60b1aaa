import { isCodeFile } from './code/code-file.js';
import { type CodeScope, readCode } from './code/read-code.js';
import { instanceVariable } from './instance/resolve-instance.js';
import { LoadBudget } from './load-budget.js';
import type { LoadIo } from './load-io.js';
import type { Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Provenance } from './provenance.js';
import { RemoteSources } from './remote/remote-sources.js';
import { parseSourceTree } from './source-tree.js';
import { treeLimits } from './tree-limits.js';
import type { TreeNode } from './tree-node.js';

/** How a file is called in messages and spans when it comes from standard input. */
export const standardInput = '<stdin>';

/** Reads files once each, and remembers their texts for the code frames of diagnostics. */
export class SourceReader {
  readonly io: LoadIo;
  readonly texts = new Map<string, string>();
  readonly budget = new LoadBudget();
  readonly remote: RemoteSources;
  readonly #problems: ProblemList;
  readonly #documents = new Map<string, Promise<readonly TreeNode[] | undefined>>();

  /** A file that was found in a directory above: what it names is read, but not run. */
  foundAbove: string | undefined;
  /** Code that was run, and for which instance. */
  readonly #ranFor = new Map<string, string | undefined>();
  readonly #provenance: Provenance | undefined;

  constructor(
    io: LoadIo,
    problems: ProblemList,
    provenance?: Provenance,
    allowed: 'none' | 'inside' | 'outside' = 'none',
  ) {
    this.io = io;
    this.remote = new RemoteSources(io, allowed, problems);
    this.#problems = problems;
    this.#provenance = provenance;
  }

  /**
   * The documents of a Compose file; undefined after a problem was reported. `place` is where the file is named, `scope`
   * for whom it is read: code is run once, for the first.
   */
  documents(path: string, place?: Place, scope?: CodeScope): Promise<readonly TreeNode[] | undefined> {
    let documents = this.#documents.get(path);
    if (documents === undefined) {
      documents = isCodeFile(path) ? this.#run(path, place, scope) : this.#read(path, place);
      this.#documents.set(path, documents);
    }
    return documents;
  }

  /** The text of a file; undefined after a problem was reported. */
  async text(path: string, place?: Place): Promise<string | undefined> {
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    const text = await this.#textOf(path, place);
    if (text !== undefined) this.texts.set(path, text);
    return text;
  }

  async #read(path: string, place: Place | undefined): Promise<readonly TreeNode[] | undefined> {
    const text = await this.text(path, place);
    if (text === undefined) return undefined;
    const before = this.#problems.errorCount;
    const documents = parseSourceTree(path, text, this.#problems, treeLimits, this.#provenance);
    return this.#problems.errorCount > before ? undefined : documents;
  }

  /** Runs code once more, where it was run for another instance. */
  async runAgain(scope: CodeScope): Promise<void> {
    const instance = scope.environment.get(instanceVariable);
    for (const [path, ranFor] of this.#ranFor) {
      if (ranFor === instance) continue;
      this.#documents.delete(path);
      await this.documents(path, undefined, scope);
    }
  }

  async #run(
    path: string,
    place: Place | undefined,
    scope: CodeScope | undefined,
  ): Promise<readonly TreeNode[] | undefined> {
    if ((await this.text(path, place)) === undefined) return undefined;
    this.#ranFor.set(path, scope?.environment.get(instanceVariable));
    const { io, remote, foundAbove } = this;
    const reading = { path, place, scope, io, remote, foundAbove, problems: this.#problems };
    const { tree, texts } = await readCode(reading);
    for (const [file, text] of texts) this.texts.set(file, text);
    return tree === undefined ? undefined : [tree];
  }

  async #textOf(path: string, place: Place | undefined): Promise<string | undefined> {
    if (path === standardInput) return this.io.readStdin();
    if (await this.#leadsOut(path, place)) return undefined;
    try {
      const text = await this.io.readFile(path);
      if (text !== undefined) return text;
      this.#problems.error('config/not-found', `${path}: no such file`, { place });
    } catch (error) {
      const isDirectory = (await this.io.kindOf(path).catch(() => 'missing')) === 'directory';
      const why = isDirectory ? 'it is a directory' : error instanceof Error ? error.message : String(error);
      this.#problems.error('config/unreadable-file', `${path} cannot be read: ${why}`, { place });
    }
    return undefined;
  }

  /** A link in a copy of something of elsewhere may lead anywhere. */
  async #leadsOut(path: string, place: Place | undefined): Promise<boolean> {
    const root = this.remote.rootOf(path);
    if (root === undefined || (await this.remote.isInside(path, root))) return false;
    this.#problems.error('remote/outside', `${path} is a link that leads out of what was fetched`, { place });
    return true;
  }
}
