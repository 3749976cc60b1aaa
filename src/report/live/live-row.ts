/** What a row of the tree says; how it looks is another matter. */
export interface LiveRow {
  readonly status: 'failed' | 'working' | 'waiting';
  /** `Container app-web-1`, a layer, a step of a build. */
  readonly id: string;
  /** What it does, in a word that can be counted: `3 pulling`. */
  readonly verb: string;
  /** The same in full: `waits for db to be healthy`. */
  readonly text: string;
  /** undefined: it does nothing, or for no time of its own. */
  readonly startedAtMs: number | undefined;
  readonly bytes?: { readonly current: number; readonly total: number };
  /** What else there is to say, where there is room. */
  readonly detail?: string;
  /** Parts of it: replicas, layers, steps of a build. */
  readonly parts: readonly LiveRow[];
  /** For how many resources it stands. */
  readonly count: number;
}
