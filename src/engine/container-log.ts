/** What to read of a container's log. */
export interface LogOptions {
  readonly follow: boolean;
  /** Number of lines from the end; undefined: all. */
  readonly tail?: number;
  /** Engine form: seconds with fraction since 1970, or RFC 3339. */
  readonly since?: string;
  readonly until?: string;
  /** Whether chunks say when their lines were written. */
  readonly timestamps: boolean;
}

export interface LogChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Uint8Array;
  /** Of a log with timestamps: when each line that begins in `data` was written, in RFC 3339. */
  readonly times?: readonly string[];
}
