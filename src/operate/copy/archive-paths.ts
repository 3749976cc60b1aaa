import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { UsageError } from '../../problems/errors.js';
import type { Placement } from './copy-place.js';

/**
 * Where the entries of an archive go. Its first entry is what is copied; everything else lies below that. Who made the
 * archive is not to be trusted: a program in the container may have put anything into it.
 */
export class ArchivePaths {
  readonly #base: string;
  readonly #safe = new Set<string>();
  #root: string | undefined;

  constructor({ directory, name }: Placement) {
    this.#base = name === undefined ? directory : join(directory, name);
  }

  /** Path of ours for a path of the archive. Throws UsageError for one that leads out of it, or through a link. */
  async placeOf(path: string): Promise<string> {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.includes('..')) throw leaves(path);
    const inner = parts.join('/');
    this.#root ??= inner;
    const below = this.#below(inner, path);
    await this.#checkParents(below, path);
    return below === '' ? this.#base : join(this.#base, below);
  }

  #below(inner: string, path: string): string {
    const root = this.#root ?? '';
    if (inner === root) return '';
    if (root === '') return inner;
    if (!inner.startsWith(`${root}/`)) throw leaves(path);
    return inner.slice(root.length + 1);
  }

  /** Only what is known to be a directory stays one: nothing that comes later can make it a link. */
  async #checkParents(below: string, path: string): Promise<void> {
    if (below === '') return;
    const parents = posix.dirname(below).split('/');
    for (let depth = 0; depth <= parents.length; depth++) {
      const place = join(this.#base, ...parents.slice(0, depth));
      if (this.#safe.has(place)) continue;
      const stats = await lstat(place).catch(() => undefined);
      if (stats?.isSymbolicLink()) throw leaves(path);
      if (stats?.isDirectory()) this.#safe.add(place);
    }
  }
}

function leaves(path: string): UsageError {
  return new UsageError(`refused to copy "${path}": it would leave the place that is copied to`, {
    hint: 'a program in the container has made this; copy to "-" to look at the archive',
  });
}
