import { appendFile, rename, truncate, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { directoryContext } from '../../../../src/host/context/directory-context.js';
import { noIgnoreRules } from '../../../../src/host/context/ignore-rules.js';
import { walkDirectory } from '../../../../src/host/context/walk-directory.js';
import type { ContextFiles } from '../../../../src/model/context-files.js';
import { TemporaryTree } from '../support/temporary-tree.js';

let tree: TemporaryTree;
let files: ContextFiles;
beforeEach(async () => {
  tree = await TemporaryTree.create({ 'app.log': 'one\n' });
  files = directoryContext(
    { root: tree.root, rules: noIgnoreRules, rulesPath: undefined },
    ['context'],
    ({ root, rules }, signal) => walkDirectory(root, rules, signal),
  );
  await files.list();
});
afterEach(() => tree.dispose());

async function content(path = 'app.log'): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.read(path)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const changed = () => ({
  code: 'build/unreadable',
  key: ['context'],
  message: `${tree.at('app.log')} was changed while the build read it`,
});

test('a file that has grown since it was listed is read as far as it went then', async () => {
  await appendFile(tree.at('app.log'), 'two\n');
  expect(await content()).toBe('one\n');
});

test('a file that was cut since it was listed is an error that names it', async () => {
  await truncate(tree.at('app.log'), 2);
  await expect(content()).rejects.toMatchObject(changed());
});

test('a file that was replaced by a longer one is an error that names it', async () => {
  await tree.write({ other: 'another file\n' });
  await rename(tree.at('other'), tree.at('app.log'));
  await expect(content()).rejects.toMatchObject(changed());
});

test('a file that has become a symlink is not followed', async () => {
  await tree.write({ secret: 'key\n' });
  await tree.remove('app.log');
  await tree.write({ 'app.log': { to: 'secret' } });
  await expect(content()).rejects.toMatchObject(changed());
});

test('a large file comes in chunks, each with memory of its own', async () => {
  const bytes = Buffer.alloc(700_000, 'abcdefg');
  await writeFile(tree.at('large'), bytes);
  await files.list();
  const chunks: Uint8Array[] = [];
  for await (const chunk of files.read('large')) chunks.push(chunk);
  expect([chunks.length > 1, Buffer.concat(chunks).equals(bytes)]).toEqual([true, true]);
});

test('once it is cancelled nothing more is read', async () => {
  const cancelled = AbortSignal.abort();
  await expect(files.read('app.log', cancelled)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'cancelled',
  });
});
