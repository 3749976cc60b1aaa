/** A stack that goes when the process that uses it does. */
export interface WatchedStack {
  /** Name of its project. */
  readonly project: string;
  /** Variables that say where the engine is. */
  readonly environment: Readonly<Record<string, string>>;
  /** Set when others may use it too: it goes with the last. */
  readonly shared?: {
    /** Name of the instance that it is. */
    readonly instance: string;
    /** Id of this use. */
    readonly member: string;
  };
}

/** What a process tells its watcher, a line each. */
export type WatcherWord =
  | { readonly kind: 'watch'; readonly id: string; readonly stack: WatchedStack }
  | { readonly kind: 'forget'; readonly id: string };

/** The stacks that are left at the end of a text of words. A line that was cut off by a death says nothing. */
export function leftStacks(text: string): WatchedStack[] {
  const stacks = new Map<string, WatchedStack>();
  for (const line of text.split('\n').slice(0, -1)) {
    const word = JSON.parse(line) as WatcherWord;
    if (word.kind === 'watch') stacks.set(word.id, word.stack);
    else stacks.delete(word.id);
  }
  return [...stacks.values()];
}

const aboutTheEngine = /^(DOCKER_|XDG_|SSH_|CONTAINER_)|^(HOME|USERPROFILE|PATH|TMPDIR|SystemRoot)$/;

/** The variables that a watcher needs, and no other: what a test runs with may be secret. */
export function engineVariables(environment: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...environment].filter(([name]) => aboutTheEngine.test(name)));
}
