import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header, type Pack, pack } from 'tar-stream';

/** What an archive says of one thing in it. */
export interface TarHeader {
  /** As it stands in the archive: with slashes, a directory often with one at its end. */
  readonly path: string;
  /** `link` is a second name of a file; `other` a device, a pipe or something that only some systems have. */
  readonly kind: 'file' | 'directory' | 'symlink' | 'link' | 'other';
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** Of `symlink` and `link`. */
  readonly linkTarget: string | undefined;
}

export interface TarEntry {
  readonly header: TarHeader;
  /** Of a file, as long as `sizeBytes` says. To be read before the next entry. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** An entry whose content is in memory already: that saves a stream for each of very many small files. */
export interface WholeEntry {
  readonly header: TarHeader;
  readonly bytes: Uint8Array;
}

const kinds: ReadonlyMap<string, TarHeader['kind']> = new Map([
  ['file', 'file'],
  ['contiguous-file', 'file'],
  ['directory', 'directory'],
  ['symlink', 'symlink'],
  ['link', 'link'],
]);

/** The entries of an archive, one after the other. What nobody reads of an entry is skipped. Throws for a broken one. */
export async function* readTar(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const tar = extract();
  const source = Readable.from(chunks);
  source.once('error', (error) => tar.destroy(error));
  source.pipe(tar);
  try {
    for await (const entry of tar) {
      yield { header: headerOf(entry.header), content: entry as AsyncIterable<Uint8Array> };
      entry.resume();
    }
  } finally {
    source.destroy();
    tar.destroy();
  }
}

/** An archive of entries, as it is asked for: nothing is read ahead. */
export async function* packTar(entries: AsyncIterable<TarEntry | WholeEntry>): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const writing = async () => {
    for await (const entry of entries) {
      const { header } = entry;
      if ('bytes' in entry) {
        await wholeEntry(tar, entry);
        continue;
      }
      const sink = tar.entry(wireHeaderOf(header));
      if (header.kind === 'file') await pipeline(entry.content, sink);
      else sink.end(undefined);
    }
    tar.finalize();
  };
  writing().catch((error: Error) => tar.destroy(error));
  try {
    yield* gathered(tar as AsyncIterable<Uint8Array>);
  } finally {
    tar.destroy();
  }
}

/** An archive comes in pieces of 512 bytes and less: to send each by itself takes longer than to make them. */
async function* gathered(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    sizeBytes += chunk.length;
    if (sizeBytes < pieceBytes) continue;
    yield Buffer.concat(parts);
    parts = [];
    sizeBytes = 0;
  }
  if (sizeBytes > 0) yield Buffer.concat(parts);
}

const pieceBytes = 64 * 1024;

/** Waits where the reader is slower. */
function wholeEntry(tar: Pack, { header, bytes }: WholeEntry): Promise<void> {
  return new Promise((resolve, reject) => {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    tar.entry(wireHeaderOf(header), content, (error) => (error ? reject(error) : resolve()));
  });
}

function headerOf(header: Header): TarHeader {
  const { name, type, mode, uid, gid, size, mtime, linkname } = header;
  return {
    path: name,
    kind: kinds.get(type) ?? 'other',
    mode: mode & 0o7777,
    uid,
    gid,
    sizeBytes: size,
    modifiedAtMs: mtime.getTime(),
    linkTarget: linkname || undefined,
  };
}

function wireHeaderOf(header: TarHeader): Partial<Header> & { name: string } {
  const { path, kind, mode, uid, gid, sizeBytes, modifiedAtMs, linkTarget } = header;
  return {
    name: path,
    type: kind === 'other' ? 'fifo' : kind,
    mode,
    uid,
    gid,
    size: kind === 'file' ? sizeBytes : 0,
    mtime: new Date(modifiedAtMs),
    ...(linkTarget === undefined ? {} : { linkname: linkTarget }),
  };
}
