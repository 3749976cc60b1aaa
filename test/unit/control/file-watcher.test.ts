import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type FileWatcher, watchFiles } from '../../../src/control/file-watcher.js';

/** A folder with a watcher, and what the watcher has told. */
class Folder {
  readonly root: string;
  readonly watcher: FileWatcher;
  #told: string[] = [];
  #wake = () => {};

  constructor(root: string) {
    this.root = root;
    this.watcher = watchFiles((path) => {
      this.#told.push(path);
      this.#wake();
    });
  }

  at = (path: string) => join(this.root, path);

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.at(path)), { recursive: true });
    await writeFile(this.at(path), text);
  }

  watch(...paths: string[]): Promise<'same' | 'new'> {
    return this.watcher.watch(new Set(paths));
  }

  /** Waits until this path is told of; whatever was told before is forgotten then. */
  async tells(path: string): Promise<void> {
    while (!this.#told.includes(path))
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    this.#told = [];
  }
}

const folders: Folder[] = [];

async function emptyFolder(): Promise<Folder> {
  const folder = new Folder(await realpath(await mkdtemp(join(tmpdir(), 'file-watcher-'))));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) {
    folder.watcher.close();
    await rm(folder.root, { recursive: true });
  }
});

test('a save is told of however soon it follows another one', async () => {
  const folder = await emptyFolder();
  await folder.write('compose.yaml', '');
  await folder.watch(folder.at('compose.yaml'));
  for (let save = 0; save < 20; save++) {
    await folder.write('compose.yaml', `${save}`);
    await folder.tells(folder.at('compose.yaml'));
  }
});

test.each([
  ['renamed over', (folder: Folder) => rename(folder.at('other'), folder.at('file'))],
  ['removed', (folder: Folder) => rm(folder.at('file'))],
  ['replaced', async (folder: Folder) => rm(folder.at('file')).then(() => folder.write('file', 'new'))],
])('a file that is %s', async (_how, change) => {
  const folder = await emptyFolder();
  await folder.write('file', '');
  await folder.write('other', 'x');
  await folder.watch(folder.at('file'));
  await change(folder);
  await folder.tells(folder.at('file'));
});

test('a file that appears, and so does its directory', async () => {
  const folder = await emptyFolder();
  const path = folder.at('conf/deep/.env');
  await folder.watch(path);
  await mkdir(folder.at('conf'));
  await folder.tells(path);
  expect(await folder.watch(path)).toBe('new');
  await mkdir(folder.at('conf/deep'));
  await folder.tells(path);
  expect(await folder.watch(path)).toBe('new');
  await folder.write('conf/deep/.env', 'A=1');
  await folder.tells(path);
  expect(await folder.watch(path)).toBe('same');
});

test('a directory that goes and comes again', async () => {
  const folder = await emptyFolder();
  const path = folder.at('conf/.env');
  await folder.write('conf/.env', '');
  await folder.watch(path);
  await rm(folder.at('conf'), { recursive: true });
  await folder.tells(path);
  await folder.write('conf/.env', 'A=1');
  expect(await folder.watch(path)).toBe('new');
  await folder.write('conf/.env', 'A=2');
  await folder.tells(path);
});

test('what a symbolic link leads to', async () => {
  const folder = await emptyFolder();
  await folder.write('elsewhere/real', '');
  await symlink(folder.at('elsewhere/real'), folder.at('link'));
  await folder.watch(folder.at('link'));
  await folder.write('elsewhere/real', 'changed');
  await folder.tells(folder.at('link'));
});

test('paths are told as they were given', async () => {
  const folder = await emptyFolder();
  await folder.write('compose.yaml', '');
  const path = `./${relative(process.cwd(), folder.at('compose.yaml'))}`;
  await folder.watch(path);
  await folder.write('compose.yaml', 'x');
  await folder.tells(path);
});

test('other files beside them are not told of', async () => {
  const folder = await emptyFolder();
  const told: string[] = [];
  const watcher = watchFiles((path) => told.push(path));
  await folder.watch(folder.at('b'), folder.at('a'));
  await watcher.watch(new Set([folder.at('b')]));
  await folder.write('a', '');
  await folder.write('b', '');
  await folder.tells(folder.at('b'));
  watcher.close();
  expect([...new Set(told)]).toEqual([folder.at('b')]);
});
