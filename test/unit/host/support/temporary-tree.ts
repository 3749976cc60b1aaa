import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Path → text of a file; `{ to }`: a symlink; a path with `/` at its end: a directory. */
export type Tree = Readonly<Record<string, string | Uint8Array | { readonly to: string }>>;

/** A directory of its own, removed by `dispose`. Modes do not depend on the umask. */
export class TemporaryTree {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  static async create(tree: Tree = {}): Promise<TemporaryTree> {
    const made = new TemporaryTree(await mkdtemp(join(tmpdir(), 'tscompose-tree-')));
    await made.write(tree);
    return made;
  }

  async write(tree: Tree): Promise<void> {
    for (const [path, content] of Object.entries(tree)) {
      const place = this.at(path);
      await this.#makeDirectory(path.endsWith('/') ? path : dirname(path));
      if (path.endsWith('/')) continue;
      if (typeof content === 'string' || content instanceof Uint8Array) {
        await writeFile(place, content);
        await chmod(place, 0o644);
      } else await symlink(content.to, place);
    }
  }

  at(path: string): string {
    return join(this.root, path);
  }

  async remove(path: string): Promise<void> {
    await rm(this.at(path), { recursive: true });
  }

  async dispose(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }

  async #makeDirectory(path: string): Promise<void> {
    let place = this.root;
    for (const name of path.split('/').filter((part) => part !== '' && part !== '.')) {
      place = join(place, name);
      await mkdir(place, { recursive: true });
      await chmod(place, 0o755);
    }
  }
}
