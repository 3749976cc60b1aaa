import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { BuildRequest } from '../../../../model/build.js';
import type { ContextEntry, ContextFiles } from '../../../../model/context-files.js';
import { textOf } from '../../../../model/text-of.js';
import { packTar, readTar, type TarEntry, type TarHeader } from '../../../tar.js';
import { unsupported } from './classic-query.js';

export interface ClassicBody {
  /** Name of the Dockerfile in the context. */
  readonly dockerfile: string | undefined;
  readonly archive?: AsyncIterable<Uint8Array>;
  /** Instead of an archive: where the engine gets the context. */
  readonly url?: string;
}

/** What is sent as the context. A Dockerfile from elsewhere travels in it under a name that nothing copies. */
export async function classicBody(
  request: BuildRequest,
  signal: AbortSignal | undefined,
): Promise<ClassicBody> {
  const { build, context, dockerfileText } = request;
  const { dockerfile } = build.spec;
  if (context.kind === 'image' || context.kind === 'layout')
    throw unsupported('build.context', 'an image as context');
  if (context.kind === 'url') {
    if (dockerfileText !== undefined)
      throw unsupported('build.dockerfile_inline', 'a Dockerfile from here with a context from there');
    return { dockerfile, url: context.url };
  }
  if (dockerfileText === undefined) {
    const archive = context.kind === 'archive' ? context.bytes : packTar(entriesOf(context.files, signal));
    return { dockerfile, archive };
  }
  const entries =
    context.kind === 'archive' ? readTar(unzipped(context.bytes)) : entriesOf(context.files, signal);
  const name = `.dockerfile.${createHash('sha256').update(dockerfileText).digest('hex').slice(0, 20)}`;
  return { dockerfile: name, archive: packTar(withDockerfile(entries, name, dockerfileText)) };
}

async function* entriesOf(files: ContextFiles, signal: AbortSignal | undefined): AsyncGenerator<TarEntry> {
  for (const entry of await files.list(signal)) {
    yield {
      header: headerOf(entry),
      content: entry.kind === 'file' ? files.read(entry.path, signal) : nothing(),
    };
  }
}

function headerOf(entry: ContextEntry): TarHeader {
  const { path, kind, mode, sizeBytes, modifiedAtMs, linkTarget } = entry;
  return { path, kind, mode, uid: 0, gid: 0, sizeBytes, modifiedAtMs, linkTarget };
}

/** The Dockerfile is named in `.dockerignore`: so it changes no COPY. */
async function* withDockerfile(
  entries: AsyncIterable<TarEntry>,
  name: string,
  text: string,
): AsyncGenerator<TarEntry> {
  let ignored = '.dockerignore';
  for await (const entry of entries) {
    if (entry.header.path.replace(/^(\.\/)+/, '') === '.dockerignore') ignored = await textOf(entry.content);
    else yield entry;
  }
  yield fileOf(name, text);
  yield fileOf('.dockerignore', `${ignored}\n${name}\n`);
}

function fileOf(path: string, text: string): TarEntry {
  const bytes = Buffer.from(text);
  const header = { path, kind: 'file' as const, mode: 0o600, sizeBytes: bytes.length, modifiedAtMs: 0 };
  return { header: { ...header, uid: 0, gid: 0, linkTarget: undefined }, content: Readable.from([bytes]) };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The engine opens other compressions by itself; here it is only gzip, which tells itself by its first bytes. */
async function* unzipped(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(bytes, { objectMode: false });
  const start = await firstBytes(source);
  if (start === undefined) return;
  source.unshift(start);
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield* source as AsyncIterable<Uint8Array>;
    return;
  }
  const gunzip = createGunzip();
  source.once('error', (error) => gunzip.destroy(error));
  yield* source.pipe(gunzip) as AsyncIterable<Uint8Array>;
}

async function firstBytes(source: Readable): Promise<Buffer | undefined> {
  for (;;) {
    const chunk = source.read() as Buffer | null;
    if (chunk !== null) return chunk;
    if (source.readableEnded) return undefined;
    await new Promise<void>((resolve, reject) => {
      source.once('readable', resolve).once('end', resolve).once('error', reject);
    });
  }
}
