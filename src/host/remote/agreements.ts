import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheHome } from '../cache-home.js';
import type { CopySurroundings } from './copy-place.js';

/**
 * What a person has agreed to, so that they are asked once: for one version of something fetched, exactly what it wants.
 * `what` tells all of that. Kept in `$XDG_CACHE_HOME/tscompose/remote/agreed`.
 */
export class Agreements {
  readonly #folder: string;

  constructor({ environment, homeDir }: CopySurroundings) {
    this.#folder = join(cacheHome(environment.get('XDG_CACHE_HOME'), homeDir), 'remote/agreed');
  }

  async has(what: string): Promise<boolean> {
    return stat(this.#pathOf(what)).then(
      () => true,
      () => false,
    );
  }

  /** Where it cannot be kept, they are asked again. */
  async note(what: string): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(this.#pathOf(what), what, { mode: 0o600 });
    } catch {}
  }

  #pathOf(what: string): string {
    return join(this.#folder, createHash('sha256').update(what).digest('hex'));
  }
}
