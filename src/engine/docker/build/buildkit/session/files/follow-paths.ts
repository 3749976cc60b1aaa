import type { ContextEntry } from '../../../../../../model/context-files.js';
import { globExpression } from './glob.js';

/**
 * The paths that are needed to reach what `wanted` names: they themselves, links on the way, and where those lead. A
 * link does not lead out of the directory: its top is the root.
 */
export function followPaths(
  entries: readonly ContextEntry[],
  wanted: readonly string[],
): readonly string[] | 'everything' {
  if (wanted.length === 0) return [];
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const found = new Set<string>();
  const walk = new Walk(byPath, found);
  for (const path of wanted) walk.follow([], componentsOf(path));
  return found.has('') ? 'everything' : [...found];
}

class Walk {
  readonly #byPath: ReadonlyMap<string, ContextEntry>;
  readonly #found: Set<string>;
  readonly #links = new Set<string>();

  constructor(byPath: ReadonlyMap<string, ContextEntry>, found: Set<string>) {
    this.#byPath = byPath;
    this.#found = found;
  }

  /** `at` is reached; `rest` is still to go. */
  follow(at: readonly string[], rest: readonly string[]): void {
    const [next, ...others] = rest;
    if (next === undefined) {
      this.#found.add(at.join('/'));
    } else if (next === '..') this.follow(at.slice(0, -1), others);
    else if (/[*?[\\]/.test(next)) {
      for (const name of this.#namesIn(at, next)) this.#step([...at, name], others);
    } else this.#step([...at, next], others);
  }

  #step(at: readonly string[], rest: readonly string[]): void {
    const path = at.join('/');
    const entry = this.#byPath.get(path);
    if (entry?.kind !== 'symlink') {
      this.follow(at, rest);
      return;
    }
    this.#found.add(path);
    const key = `${path} ${rest.join('/')}`;
    if (this.#links.has(key)) return;
    this.#links.add(key);
    const target = entry.linkTarget ?? '';
    const start = target.startsWith('/') ? [] : at.slice(0, -1);
    this.follow(start, [...componentsOf(target), ...rest]);
  }

  #namesIn(directory: readonly string[], pattern: string): string[] {
    const expression = globExpression(pattern);
    const prefix = directory.length === 0 ? '' : `${directory.join('/')}/`;
    return [...this.#byPath.keys()].flatMap((path) => {
      const name = path.startsWith(prefix) ? path.slice(prefix.length) : '';
      return name !== '' && !name.includes('/') && expression.test(name) ? [name] : [];
    });
  }
}

function componentsOf(path: string): string[] {
  return path.split('/').filter((component) => component !== '' && component !== '.');
}
