import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryEngine } from '../../../../src/engine/memory/memory-engine.js';
import { WatchedFolder } from '../../../support/watched-folder.js';

let folder: WatchedFolder;
beforeEach(async () => {
  folder = await WatchedFolder.open(new MemoryEngine());
  await mkdir(folder.at('dir/sub'), { recursive: true });
  for (const file of ['a', 'dir/b', 'dir/sub/c']) await writeFile(folder.at(file), file);
  await folder.begin();
});
afterEach(() => folder.close());

const told = async (...paths: string[]) =>
  (await folder.changes(...paths)).map(({ path, now, kind }) => `${now} ${kind} ${path}`).sort();

test('an atomic save is one change of the file, and none of what it was written to first', async () => {
  await writeFile(folder.at('.a.tmp'), 'new');
  await rename(folder.at('.a.tmp'), folder.at('a'));
  expect(await told('.a.tmp', 'a')).toEqual(['written file a']);
});

test('a hint about something that is as before is no change', async () => {
  await told('a');
  expect(await told('a', 'dir', 'dir/sub', 'nothing')).toEqual([]);
});

test('a directory that moves is gone at one place and there at the other, with all that is in it', async () => {
  await rename(folder.at('dir'), folder.at('moved'));
  expect({ changes: await told('dir', 'moved'), watched: folder.entered.size }).toEqual({
    changes: [
      'removed directory dir',
      'removed directory dir/sub',
      'removed file dir/b',
      'removed file dir/sub/c',
      'written directory moved',
      'written directory moved/sub',
      'written file moved/b',
      'written file moved/sub/c',
    ],
    watched: 4,
  });
});

test('a directory that was replaced by another one of its name is entered again', async () => {
  // The old one is still there elsewhere, so that the new one cannot get its number.
  await rename(folder.at('dir'), folder.at('../old'));
  await mkdir(folder.at('dir'));
  await writeFile(folder.at('dir/b'), 'other');
  expect(await told('dir')).toEqual([
    'removed directory dir/sub',
    'removed file dir/sub/c',
    'written directory dir',
    'written file dir/b',
  ]);
});

test('a new look at everything finds what nobody hinted at', async () => {
  await rm(folder.at('dir/sub/c'));
  await writeFile(folder.at('dir/new'), 'new');
  await told('a', 'dir/b');
  await utimes(folder.at('a'), 1, 1);
  const changes = await folder.tree.rescan();
  expect(changes.map(({ path, now }) => `${now} ${path.slice(folder.root.length + 1)}`).sort()).toEqual([
    'removed dir/sub/c',
    'written a',
    'written dir/new',
  ]);
});
