import { packTar, type TarEntry } from '../../src/engine/tar.js';

/** A tar archive with one file. */
export async function archiveOf(path: string, text: string): Promise<Buffer> {
  const content = Buffer.from(text);
  const entry: TarEntry = {
    header: {
      path,
      kind: 'file',
      mode: 0o644,
      uid: 0,
      gid: 0,
      sizeBytes: content.length,
      modifiedAtMs: 0,
      linkTarget: undefined,
    },
    content: each(content),
  };
  const chunks: Uint8Array[] = [];
  for await (const chunk of packTar(each(entry))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* each<T>(item: T): AsyncGenerator<T> {
  yield item;
}
