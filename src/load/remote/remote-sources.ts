import { join } from 'node:path/posix';
import { redactUrls } from '../../model/redact.js';
import { CancelledError, TscomposeError } from '../../problems/errors.js';
import type { LoadIo } from '../load-io.js';
import type { Place } from '../place.js';
import type { ProblemList } from '../problem-list.js';
import type { RemoteCopy } from './remote-files.js';

/** Whether a file would have to be fetched: from Git, a registry or the web. */
export function isRemoteFile(path: string): boolean {
  return /^(?:https?|git|ssh|oci|file):\/\//.test(path) || /^(?:git@|github\.com\/)/.test(path);
}

/** How a Compose file is called where nobody names it. */
const usualNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** The files of elsewhere that one load has, and how far they may reach. */
export class RemoteSources {
  readonly #io: LoadIo;
  readonly #allowed: 'none' | 'inside' | 'outside';
  readonly #problems: ProblemList;
  readonly #files = new Map<string, Promise<readonly string[] | undefined>>();
  readonly #roots = new Set<string>();

  constructor(io: LoadIo, allowed: 'none' | 'inside' | 'outside', problems: ProblemList) {
    this.#io = io;
    this.#allowed = allowed;
    this.#problems = problems;
  }

  get isUsed(): boolean {
    return this.#roots.size > 0;
  }

  get mayReachOutside(): boolean {
    return this.#allowed === 'outside';
  }

  /** The Compose files that a reference means, copied here; undefined after a problem was reported. */
  async filesOf(reference: string, place?: Place): Promise<readonly string[] | undefined> {
    const isLocal = reference.startsWith('file:');
    if (isLocal && place !== undefined && !(await this.mayRead(reference.replace(/^file:\/*/, '/'), place)))
      return undefined;
    const known = this.#files.get(reference) ?? this.#fetch(reference, place);
    this.#files.set(reference, known);
    return known;
  }

  /** The root of the copy that a file is part of; undefined: it is a file of this host. */
  rootOf(file: string): string | undefined {
    return [...this.#roots].find((root) => file.startsWith(`${root}/`));
  }

  /** Whether a path, with its links followed, stays where `root` is. */
  async isInside(path: string, root: string): Promise<boolean> {
    const real = (await this.#io.realPath(path).catch(() => undefined)) ?? join(path);
    return real === root || real.startsWith(`${root}/`);
  }

  /** Whether a file that stands at `place` may be read; reports it when it may not: what it is says somebody else. */
  async mayRead(path: string, place: Place): Promise<boolean> {
    const root = this.rootOf(place.file.path);
    if (root === undefined || (await this.isInside(path, root))) return true;
    this.#problems.error(
      'remote/outside',
      `${place.file.path} is not of this host, and names ${path}, which is`,
      {
        place,
        hint: 'files of elsewhere can include and extend only what they bring along; name that one yourself with -f',
      },
    );
    return false;
  }

  async #fetch(reference: string, place: Place | undefined): Promise<readonly string[] | undefined> {
    const { remote } = this.#io;
    if (this.#allowed === 'none' || remote === undefined) {
      this.#refuse(reference, place);
      return undefined;
    }
    try {
      const copy = await remote.fetch(reference);
      this.#roots.add(copy.root);
      return await this.#composeFiles(copy, reference, place);
    } catch (error) {
      if (!(error instanceof TscomposeError) || error instanceof CancelledError) throw error;
      const { message, hint } = error;
      this.#problems.error('config/remote', message, { place, ...(hint === undefined ? {} : { hint }) });
      return undefined;
    }
  }

  async #composeFiles(
    { place: found }: RemoteCopy,
    reference: string,
    place: Place | undefined,
  ): Promise<readonly string[] | undefined> {
    if ('files' in found) return found.files;
    for (const name of usualNames) {
      const path = join(found.directory, name);
      if ((await this.#io.kindOf(path)) === 'file') return [path];
    }
    this.#problems.error('config/not-found', `${redactUrls(reference)} has no compose.yaml`, {
      place,
      hint: 'name the file or its directory behind a colon, as in https://host/repository.git#main:deploy',
    });
    return undefined;
  }

  #refuse(reference: string, place: Place | undefined): void {
    const bare = reference.replace(/\/\/[^/@]*@/, '//');
    this.#problems.error('config/remote', `${bare} is not a local file, and remote files are not fetched`, {
      place,
      hint: 'look at who wrote it; then allow it with --allow-remote before the command, or name a local copy',
    });
  }
}
