import { spawnSync } from 'node:child_process';
import { chmod, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noIgnoreRules, parseIgnoreRules } from '../../../../src/host/context/ignore-rules.js';
import { walkDirectory } from '../../../../src/host/context/walk-directory.js';
import { TemporaryTree } from '../support/temporary-tree.js';

let tree: TemporaryTree;
beforeEach(async () => {
  tree = await TemporaryTree.create();
});
afterEach(() => tree.dispose());

async function paths(rules = noIgnoreRules): Promise<string[]> {
  return (await walkDirectory(tree.root, rules)).map(({ path }) => path);
}

test('entries come component by component in the order of bytes, each directory before what is in it', async () => {
  // '-' sorts before '/', '\uff5e' before '😀' only in bytes.
  await tree.write({ 'a/x': '', 'a-b': '', 'a/': '', 'a.b/y': '', B: '', '😀': '', '～': '', ab: '' });
  expect(await paths()).toEqual(['B', 'a', 'a/x', 'a-b', 'a.b', 'a.b/y', 'ab', '～', '😀']);
});

test('an entry says kind, mode, size, time and where a symlink points', async () => {
  await tree.write({ 'dir/run.sh': '#!/bin/sh\n', 'dir/link': { to: '../gone' } });
  await chmod(tree.at('dir/run.sh'), 0o4755);
  await utimes(tree.at('dir/run.sh'), 1_600_000_000.25, 1_600_000_000.25);
  const entries = await walkDirectory(tree.root, noIgnoreRules);
  const told = entries.map(({ path, kind, mode, sizeBytes, linkTarget }) => [
    path,
    kind,
    kind === 'symlink' ? 'any' : mode.toString(8),
    sizeBytes,
    linkTarget,
  ]);
  expect([told, entries[2]?.modifiedAtMs]).toEqual([
    [
      ['dir', 'directory', '755', 0, undefined],
      ['dir/link', 'symlink', 'any', 0, '../gone'],
      ['dir/run.sh', 'file', '4755', 10, undefined],
    ],
    1_600_000_000_250,
  ]);
});

test('sockets and pipes are left out, empty directories are not', async () => {
  await tree.write({ 'empty/': '', file: '' });
  spawnSync('mkfifo', [tree.at('pipe')]);
  const server = createServer().listen(tree.at('socket'));
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    expect(await paths()).toEqual(['empty', 'file']);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test('a symlink to a directory is a symlink, and its directory is not entered', async () => {
  await tree.write({ 'real/file': '', link: { to: 'real' }, loop: { to: '.' } });
  expect(await paths()).toEqual(['link', 'loop', 'real', 'real/file']);
});

test('a name that is not UTF-8 is an error that names it', async () => {
  await writeFile(Buffer.concat([Buffer.from(tree.at('caf')), Buffer.from([0xe9])]), '');
  await expect(paths()).rejects.toMatchObject({
    code: 'build/unreadable',
    message: `the name of ${tree.at('caf\ufffd')} is not UTF-8`,
  });
});

test('a directory that is not there is an error that names it', async () => {
  await expect(walkDirectory(tree.at('nowhere'), noIgnoreRules)).rejects.toMatchObject({
    path: tree.at('nowhere'),
    message: `cannot read ${tree.at('nowhere')}: no such file or directory`,
  });
});

// Root may read everything.
const asUser = test.skipIf(process.getuid?.() === 0);

asUser('what may not be read is an error that names it, unless it is ignored', async () => {
  await tree.write({ 'locked/file': '', open: '' });
  await chmod(tree.at('locked'), 0o000);
  try {
    await expect(paths()).rejects.toMatchObject({
      message: `cannot read ${tree.at('locked')}: permission denied`,
    });
    expect(await paths(parseIgnoreRules('locked', '/x'))).toEqual(['open']);
  } finally {
    await chmod(tree.at('locked'), 0o755);
  }
});
