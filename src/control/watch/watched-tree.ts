import { dirname } from 'node:path';
import { counts, leadsTo, mayCountBelow, relativeTo, type ScopedRule } from './scoped-rule.js';
import type { EntryKind, TreeReader } from './tree-reader.js';
import { type TreeChange, TreeState } from './tree-state.js';
import type { Watches } from './watch-world.js';

/** The files that rules are about, watched from the moment that it is open. */
export class WatchedTree {
  readonly #rules: readonly ScopedRule[];
  readonly #reader: TreeReader;
  readonly #watches: Watches;
  readonly #state: TreeState;

  constructor(
    rules: readonly ScopedRule[],
    reader: TreeReader,
    watches: Watches,
    onTrouble: (directory: string, error: Error) => void,
    nowMs: () => number,
  ) {
    this.#rules = rules;
    this.#reader = reader;
    this.#watches = watches;
    let isOpen = false;
    this.#state = new TreeState({
      reader,
      sees: (path, kind) => this.#sees(path, kind),
      enter: (directory) => {
        try {
          watches.enter(directory);
        } catch (error) {
          // To begin with that is a failure; later on, what is watched already goes on.
          if (!isOpen) throw error;
          onTrouble(directory, error as Error);
        }
      },
      leave: (directory) => watches.leave(directory),
      onUnreadable: onTrouble,
      nowMs,
    });
    this.open = async () => {
      await this.#state.open(await this.#beginnings());
      isOpen = true;
    };
  }

  /** Throws WatchError where the system does not allow it. */
  readonly open: () => Promise<void>;

  get watchCount(): number {
    return this.#watches.count;
  }

  /** Whether a hint about a path can mean anything: what is above a watched path sees much else, `/tmp` for example. */
  isOnTheWay(path: string): boolean {
    return this.#rules.some((rule) => leadsTo(rule, path) || relativeTo(rule.rule.path, path) !== undefined);
  }

  refresh(paths: Iterable<string>): Promise<TreeChange[]> {
    return this.#state.refresh(paths);
  }

  rescan(): Promise<TreeChange[]> {
    return this.#state.rescan();
  }

  close(): void {
    this.#watches.close();
  }

  #sees(path: string, kind: EntryKind): boolean {
    const isWay = (rule: ScopedRule) =>
      counts(rule, path) || (kind === 'directory' && (leadsTo(rule, path) || mayCountBelow(rule, path)));
    return this.#rules.some(isWay);
  }

  /** For each watched path the nearest directory above it that is there: it sees the path come, go, and be replaced. */
  async #beginnings(): Promise<Set<string>> {
    const found = new Set<string>();
    for (const path of new Set(this.#rules.map(({ rule }) => rule.path))) {
      let above = dirname(path);
      while (above !== dirname(above) && (await this.#reader.look(above))?.kind !== 'directory')
        above = dirname(above);
      found.add(above);
    }
    const isBelow = (path: string) =>
      [...found].some((other) => other !== path && path.startsWith(`${other}/`));
    return new Set([...found].filter((path) => !isBelow(path)));
  }
}
