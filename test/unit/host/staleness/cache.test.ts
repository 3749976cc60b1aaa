import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeBuildPlaces } from '../../../../src/host/build-places.js';
import { CacheFolder } from '../../../../src/host/staleness/cache-folder.js';
import { imageBuild } from '../../../support/image-build.js';
import { TemporaryTree } from '../support/temporary-tree.js';

let tree: TemporaryTree;
beforeEach(async () => {
  tree = await TemporaryTree.create({ 'app/main.c': 'main', 'app/lib.c': 'lib' });
});
afterEach(() => tree.dispose());

const longAfterMs = 60_000;

/** As another process would, at a time after now. */
async function contextDigest(laterMs: number, homeDir = tree.at('home')): Promise<string | undefined> {
  const places = nodeBuildPlaces({
    environment: new Map(),
    homeDir,
    clock: { nowMs: () => Date.now() + laterMs },
    stdin: (async function* () {})(),
  });
  const inputs = await places.inputs(imageBuild(tree.at('app'), { dockerfileInline: 'FROM a' }));
  return inputs?.get('context');
}

const cacheDir = () => tree.at('home/.cache/tscompose/contexts');

/** The file of the cache whose name begins so. */
async function cacheFile(kind: 'hashes' | 'state'): Promise<{ path: string; text: string }> {
  const name = (await readdir(cacheDir())).find((file) => file.startsWith(`${kind}-`)) ?? '';
  const path = join(cacheDir(), name);
  return { path, text: await readFile(path, 'utf8') };
}

async function filesRemembered(): Promise<string[]> {
  const { files } = JSON.parse((await cacheFile('hashes')).text) as { files: [string, unknown][] };
  return files.map(([path]) => path);
}

test('a file that has not changed since is not read again', async () => {
  await contextDigest(longAfterMs);
  const { path, text } = await cacheFile('hashes');
  const remembered = JSON.parse(text) as { files: [string, unknown[]][] };
  // If the files were read, nobody would see this.
  for (const [, known] of remembered.files) known[4] = 'planted';
  await writeFile(path, JSON.stringify(remembered));
  await tree.write({ 'app/new.c': 'new' });
  const digest = await contextDigest(longAfterMs);
  expect([digest === (await contextDigest(longAfterMs, tree.at('fresh'))), await filesRemembered()]).toEqual([
    false,
    ['lib.c', 'main.c', 'new.c'],
  ]);
});

test('of a directory in which nothing has changed not even the hashes are read', async () => {
  await contextDigest(longAfterMs);
  const { path, text } = await cacheFile('state');
  await writeFile(path, text.replace(/ .*/, ' planted'));
  await writeFile(join(cacheDir(), 'files-planted'), '');
  await writeFile((await cacheFile('hashes')).path, 'nothing');
  expect(await contextDigest(longAfterMs)).toBe('planted');
});

test('of a file that was written a moment ago the hash is not kept', async () => {
  await contextDigest(0);
  expect(await filesRemembered()).toEqual([]);
});

test.each([['cut off'], ['{"version":0,"files":[["main.c",[1,1,1,1,"x"]]]}'], ['null']])(
  'a cache that makes no sense is as good as none: %s',
  async (text) => {
    const digest = await contextDigest(longAfterMs);
    for (const kind of ['hashes', 'state'] as const) await writeFile((await cacheFile(kind)).path, text);
    expect([await contextDigest(longAfterMs), await filesRemembered()]).toEqual([
      digest,
      ['lib.c', 'main.c'],
    ]);
  },
);

test('where nothing can be kept, digests are the same', async () => {
  await tree.write({ 'no-directory': '' });
  expect(await contextDigest(0, tree.at('no-directory'))).toBe(await contextDigest(0));
});

test('of a great many small files the folder keeps those that were used last', async () => {
  let nowMs = 0;
  const surroundings = { environment: new Map(), homeDir: tree.at('cache'), clock: { nowMs: () => nowMs } };
  const cache = new CacheFolder(surroundings, 3 * 4096);
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    nowMs += 1000;
    await cache.write(name, 'x');
  }
  expect((await readdir(tree.at('cache/.cache/tscompose/contexts'))).sort()).toEqual(['c', 'd', 'e']);
});

test('the folder is no larger than it may be: what was used least is dropped', async () => {
  let nowMs = Date.now();
  const clock = { nowMs: () => nowMs };
  const surroundings = { environment: new Map([['XDG_CACHE_HOME', tree.at('cache')]]), homeDir: '', clock };
  const cache = new CacheFolder(surroundings, 30_000);
  for (const name of ['a', 'b', 'c']) {
    await cache.write(name, 'x'.repeat(9_000));
    nowMs += 1000;
    await cache.has(name);
  }
  nowMs += 1000;
  await cache.read('a');
  await cache.write('d', 'x'.repeat(9_000));
  expect((await readdir(tree.at('cache/tscompose/contexts'))).sort()).toEqual(['a', 'c', 'd']);
});
