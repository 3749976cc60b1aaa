import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { packTar, readTar, type TarEntry, type TarHeader } from '../../src/engine/tar.js';
import { EngineError } from '../../src/problems/errors.js';
import { containerOf, randomProject } from './contract-builders.js';

/** What the part of the port about files promises. */
export function archiveContract(name: string, connect: () => Promise<Engine>): void {
  describe(`${name} keeps the promises of the port about files`, () => {
    let engine: Engine;
    let id: string;

    beforeEach(async () => {
      engine = await connect();
      id = await engine.createContainer(containerOf({ project: randomProject() }));
    });
    afterEach(async () => {
      await engine.removeContainer(id, { anonymousVolumes: 'remove' });
      engine.close();
    });

    const write = (directory: string, ...entries: TarEntry[]) =>
      engine.archives.write(id, directory, packTar(listed(entries)), { owner: 'as-archived' });

    test('what is written is read again, in a container that never ran', async () => {
      await write('/tmp', directory('a/'), file('a/one', 'hello', 0o640), symlink('a/two', 'one'));
      const entries = [];
      for await (const { header, content } of readTar(await engine.archives.read(id, '/tmp/a'))) {
        const { path, kind, mode, linkTarget } = header;
        entries.push([path, kind, mode & 0o777, linkTarget ?? (await textOf(content))]);
      }
      expect(entries).toEqual([
        ['a/', 'directory', 0o755, ''],
        ['a/one', 'file', 0o640, 'hello'],
        ['a/two', 'symlink', 0o777, 'one'],
      ]);
    });

    test('a look tells what there is, and where links lead', async () => {
      await write('/tmp', directory('a/'), file('a/one', 'hello', 0o640), symlink('a/two', 'one'));
      const found = await Promise.all(
        ['/tmp/a', '/tmp/a/one', '/tmp/a/two', '/tmp/a/three'].map((path) => engine.archives.stat(id, path)),
      );
      expect(found.map((stat) => [stat?.kind, stat?.linkTarget])).toEqual([
        ['directory', undefined],
        ['file', undefined],
        ['symlink', '/tmp/a/one'],
        [undefined, undefined],
      ]);
    });

    test('megabytes arrive as they were sent', async () => {
      const content = 'x'.repeat(3_000_000);
      await write('/tmp', file('big', content, 0o644));
      const texts = [];
      for await (const entry of readTar(await engine.archives.read(id, '/tmp/big')))
        texts.push(await textOf(entry.content));
      expect(texts).toEqual([content]);
    });

    test('what is not there cannot be read', async () => {
      expect(await kindOf(engine.archives.read(id, '/tmp/nothing'))).toBe('not-found');
    });

    test('below a file there is nothing', async () => {
      await write('/tmp', file('a', 'hello', 0o644));
      const path = '/tmp/a/b/c';
      await engine.archives.remove(id, path);
      expect([await engine.archives.stat(id, path), await kindOf(engine.archives.read(id, path))]).toEqual([
        undefined,
        'not-found',
      ]);
    });

    test('a directory that is not there cannot be written to', async () => {
      expect(await kindOf(write('/nowhere', file('a', '', 0o644)))).toBe('not-found');
    });

    test('a file never takes the place of a directory', async () => {
      await write('/tmp', directory('a/'));
      // Newer engines blame the request, older ones themselves.
      expect(await kindOf(write('/tmp', file('a', 'hello', 0o644)))).toMatch(/^(bad-request|failed)$/);
    });

    test('where it is asked for, a file takes the place of a directory and the other way round', async () => {
      await write('/tmp', directory('a/'), file('a/one', 'hello', 0o644), file('b', '', 0o644));
      const entries = listed([file('a', 'hello', 0o644), directory('b/'), file('b/c/d', 'deep', 0o644)]);
      const options = { owner: 'as-archived', onOtherKind: 'replace' } as const;
      await engine.archives.write(id, '/tmp', packTar(entries), options);
      const found = await Promise.all(
        ['/tmp/a', '/tmp/b', '/tmp/b/c', '/tmp/b/c/d'].map((path) => engine.archives.stat(id, path)),
      );
      expect(found.map((stat) => stat?.kind)).toEqual(['file', 'directory', 'directory', 'file']);
    });

    test('what is removed goes with all that is in it, and what is not there is no failure', async () => {
      await write('/tmp', directory('a/'), directory('a/b/'), file('a/b/c', '', 0o644), file('d', '', 0o644));
      await write('/tmp', file('e', '', 0o644));
      for (const path of ['/tmp/a', '/tmp/d', '/tmp/nothing/at/all']) await engine.archives.remove(id, path);
      const found = await Promise.all(
        ['/tmp/a', '/tmp/a/b/c', '/tmp/d', '/tmp/e'].map((path) => engine.archives.stat(id, path)),
      );
      expect(found.map((stat) => stat?.kind)).toEqual([undefined, undefined, undefined, 'file']);
    });

    test('what breaks while it is sent is the error of the call', async () => {
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield new Uint8Array(512);
        throw new EngineError('failed', 'the disk is gone', { operation: 'read' });
      };
      const call = engine.archives.write(id, '/tmp', broken(), { owner: 'as-archived' });
      await expect(call).rejects.toThrow('the disk is gone');
    });
  });
}

const common: Omit<TarHeader, 'path' | 'kind' | 'mode'> = {
  uid: 0,
  gid: 0,
  sizeBytes: 0,
  modifiedAtMs: 1_700_000_000_000,
  linkTarget: undefined,
};

export function directory(path: string): TarEntry {
  return { header: { ...common, path, kind: 'directory', mode: 0o755 }, content: listed([]) };
}

export function file(path: string, text: string, mode: number): TarEntry {
  const header: TarHeader = { ...common, path, kind: 'file', mode, sizeBytes: text.length };
  return { header, content: listed(text === '' ? [] : [Buffer.from(text)]) };
}

export function symlink(path: string, linkTarget: string): TarEntry {
  return { header: { ...common, path, kind: 'symlink', mode: 0o777, linkTarget }, content: listed([]) };
}

export async function* listed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function kindOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return error instanceof EngineError ? error.kind : String(error);
  }
}
