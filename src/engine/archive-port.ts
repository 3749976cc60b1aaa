/** The part of the port that moves files in and out of containers, as tar archives; they need not run. */
export interface ArchivePort {
  /** What is at a path of a container, links not followed; undefined: nothing. */
  stat(containerId: string, path: string, signal?: AbortSignal): Promise<PathStat | undefined>;
  /**
   * An archive of a file or directory. Its first entry is the path itself, under its last part: `/a/b` as `b`; `/a/b/.`
   * as `.`. The promise is fulfilled when the archive begins. Kind `not-found`.
   */
  read(containerId: string, path: string, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Unpacks an archive below a directory; directories that are missing in between are made. A file replaces a directory
   * with all that is in it, or the other way round, only with `onOtherKind: 'replace'`. Kinds `not-found` for the
   * directory, `bad-request` or `failed`. What the archive throws is thrown.
   */
  write(
    containerId: string,
    directory: string,
    archive: AsyncIterable<Uint8Array>,
    options: WriteOptions,
    signal?: AbortSignal,
  ): Promise<void>;
  /**
   * Removes a file, or a directory with all that is in it, without running anything in the container. Nothing happens
   * when it is not there. Kind `failed` when it is still there afterwards.
   */
  remove(containerId: string, path: string, signal?: AbortSignal): Promise<void>;
}

export interface WriteOptions {
  readonly owner: FileOwner;
  /** Without it: `refuse`. */
  readonly onOtherKind?: 'refuse' | 'replace';
}

/** Who owns what is unpacked: as the archive says, or the user that the container runs as. */
export type FileOwner = 'as-archived' | 'user-of-container';

export interface PathStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly sizeBytes: number;
  /** Permission bits. */
  readonly mode: number;
  /** Of a link: where it leads, as the engine resolves it. */
  readonly linkTarget: string | undefined;
}
