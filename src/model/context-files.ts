/** A directory as a build sees it: what ignore rules leave of it. */
export interface ContextFiles {
  /** Everything in it, sorted by path component by component in byte order: each directory before what is in it. */
  list(signal?: AbortSignal): Promise<readonly ContextEntry[]>;
  /** The content of a file. `path` as in the list. */
  read(path: string, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

export interface ContextEntry {
  /** Relative to the directory, with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink';
  /** Permission bits, set-uid, set-gid and sticky among them. */
  readonly mode: number;
  /** Of files; 0 for the others. */
  readonly sizeBytes: number;
  /** Milliseconds since 1970, with fractions. */
  readonly modifiedAtMs: number;
  /** Where a symlink points, as it is written there. */
  readonly linkTarget: string | undefined;
}
