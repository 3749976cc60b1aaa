/** Content by its digest (`sha256:…`), as OCI's image layout holds it in a directory, with tags for some of it. */
export interface ContentStore {
  /** undefined: it is not here, or the digest is none. */
  sizeOf(digest: string): Promise<number | undefined>;
  /** `lengthBytes` from `startBytes` on, fewer where it ends before. */
  read(digest: string, range: ByteRange, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Begins something new. Nobody sees it before it is committed. */
  begin(): Promise<ContentWriter>;
  /** What a tag stands for. `only`: without such a tag, what is tagged at all, if that is one thing. */
  find(tag: string, otherwise?: 'only'): Promise<ContentDescriptor | undefined>;
  /** Has a tag stand for something from now on, and for nothing else. */
  tag(tag: string, descriptor: ContentDescriptor): Promise<void>;
}

export interface ByteRange {
  readonly startBytes: number;
  readonly lengthBytes: number;
}

export interface ContentDescriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly sizeBytes: number;
}

/** Something that is being written. It ends with `commit` or `discard`. */
export interface ContentWriter {
  readonly writtenBytes: number;
  write(bytes: Uint8Array): Promise<void>;
  /** Forgets what was written so far. */
  restart(): Promise<void>;
  /** Gives the digest of all that was written, and keeps it: unless `expected` is another one. */
  commit(expected: string | undefined): Promise<string>;
  discard(): Promise<void>;
}
