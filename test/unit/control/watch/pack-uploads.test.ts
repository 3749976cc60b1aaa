import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packUploads } from '../../../../src/control/watch/pack-uploads.js';
import { nodeTree } from '../../../../src/control/watch/tree-reader.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pack-uploads-'));
});

afterEach(() => rm(root, { recursive: true }));

test('nothing below a directory that has become a file is sent, whatever it is by then', async () => {
  const uploads = ['a', 'a/b', 'a/b/c', 'd'].map((path) => ({
    from: join(root, path),
    to: `/app/${path}`,
    kind: path === 'a' || path === 'a/b' ? 'directory' : 'file',
  })) as Parameters<typeof packUploads>[0];
  await writeFile(join(root, 'a'), 'a');
  await writeFile(join(root, 'd'), 'd');
  const found: string[] = [];
  for await (const { header } of packUploads(uploads, '/', { uid: 0, gid: 0 }, nodeTree)) {
    found.push(`${header.path} ${header.kind}`);
    // It is a directory again while the archive is being made.
    await rm(join(root, 'a'), { force: true, recursive: true });
    await mkdir(join(root, 'a/b'), { recursive: true });
    await writeFile(join(root, 'a/b/c'), 'c');
  }
  expect(found).toEqual(['app/a file', 'app/d file']);
});
