import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packTar, type TarEntry } from '../../../../src/engine/tar.js';
import { findLocalSource, packLocal } from '../../../../src/operate/copy/pack-local.js';
import { unpackLocal } from '../../../../src/operate/copy/unpack-local.js';
import { directory, file, symlink as linkEntry, listed } from '../../../engine/archive-suite.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unpack-'));
  await mkdir(join(folder, 'to'));
  await mkdir(join(folder, 'outside'));
});
afterEach(() => rm(folder, { recursive: true }));

const unpack = (entries: readonly TarEntry[], name: string | undefined = 'copy') =>
  unpackLocal(packTar(listed(entries)), { directory: join(folder, 'to'), name }, { owner: 'ours' });

const hardLink = (path: string, linkTarget: string): TarEntry => {
  const { header, content } = linkEntry(path, linkTarget);
  return { header: { ...header, kind: 'link' }, content };
};

describe('an archive of a container', () => {
  test('is unpacked under the name that is wanted, with modes, times and links', async () => {
    await unpack([
      directory('d/'),
      file('d/run', '#!', 0o750),
      linkEntry('d/link', 'run'),
      hardLink('d/same', 'd/run'),
    ]);
    const place = join(folder, 'to/copy');
    const run = await lstat(join(place, 'run'));
    expect([
      (await readdir(place)).sort(),
      run.mode & 0o777,
      run.mtimeMs,
      run.nlink,
      await readlink(join(place, 'link')),
    ]).toEqual([['link', 'run', 'same'], 0o750, 1_700_000_000_000, 2, 'run']);
  });

  test('replaces files, and leaves what is beside them', async () => {
    await mkdir(join(folder, 'to/copy'));
    await writeFile(join(folder, 'to/copy/old'), 'old');
    await writeFile(join(folder, 'to/copy/one'), 'old');
    await unpack([directory('d/'), file('d/one', 'new', 0o644)]);
    const texts = ['old', 'one'].map((name) => readFile(join(folder, 'to/copy', name), 'utf8'));
    expect(await Promise.all(texts)).toEqual(['old', 'new']);
  });

  test('replaces a link instead of writing through it', async () => {
    await writeFile(join(folder, 'outside/file'), 'mine');
    await symlink(join(folder, 'outside/file'), join(folder, 'to/copy'));
    await unpack([file('f', 'theirs', 0o644)]);
    expect(await readFile(join(folder, 'outside/file'), 'utf8')).toBe('mine');
  });

  test('never puts a file over a directory, or a directory over a file', async () => {
    await mkdir(join(folder, 'to/copy/sub'), { recursive: true });
    await expect(unpack([directory('d/'), file('d/sub', '', 0o644)])).rejects.toThrow('which is a directory');
    await writeFile(join(folder, 'to/file'), '');
    await expect(unpack([directory('d/')], 'file')).rejects.toThrow('which is none');
  });

  test.each<[string, TarEntry[]]>([
    ['goes up', [directory('d/'), file('d/../../outside/x', '', 0o644)]],
    ['goes up at once', [file('../outside/x', '', 0o644)]],
    ['lies beside what was asked for', [directory('d/'), file('e/x', '', 0o644)]],
    [
      'lies behind a link to a directory',
      [directory('d/'), linkEntry('d/l', '../../outside'), file('d/l/x', '', 0o644)],
    ],
    ['lies behind a link in the place of the whole', [linkEntry('d', '../outside'), file('d/x', '', 0o644)]],
    [
      'lies behind a link in the place of a directory that was not made',
      [
        directory('d/'),
        { ...file('d/p/fifo', '', 0o644), header: { ...file('d/p/fifo', '', 0o644).header, kind: 'other' } },
        linkEntry('d/p', '../../outside'),
        file('d/p/x', '', 0o644),
      ],
    ],
    ['is a second name of a file outside', [directory('d/'), hardLink('d/x', '../outside/mine')]],
  ])('that has an entry which %s is refused', async (_how, entries) => {
    await expect(unpack(entries)).rejects.toThrow('it would leave the place that is copied to');
    expect(await readdir(join(folder, 'outside'))).toEqual([]);
  });

  test('says what cannot be made here', async () => {
    const pipe = {
      ...file('d/pipe', '', 0o644),
      header: { ...file('d/pipe', '', 0o644).header, kind: 'other' },
    } as const;
    expect(await unpack([directory('d/'), pipe])).toEqual(['d/pipe']);
  });
});

describe('what is copied from here', () => {
  const copied = async (path: string, name: string | undefined, links: 'keep' | 'follow' = 'keep') => {
    const paths: string[] = [];
    for await (const { header } of packLocal(await findLocalSource(path, folder, links), name))
      paths.push(`${header.kind} ${header.path}`);
    return paths;
  };
  beforeEach(async () => {
    await mkdir(join(folder, 'in/sub'), { recursive: true });
    await writeFile(join(folder, 'in/a'), 'a');
    await symlink('a', join(folder, 'in/link'));
  });

  test('is a tree under its new name, parents first', async () => {
    expect(await copied('in', 'out')).toEqual([
      'directory out/',
      'file out/a',
      'symlink out/link',
      'directory out/sub/',
    ]);
  });

  test('is what is in a directory when no name is wanted', async () => {
    expect(await copied('in/.', undefined)).toEqual(['file a', 'symlink link', 'directory sub/']);
  });

  test('is what a link leads to only when that is asked for', async () => {
    expect([await copied('in/link', 'x'), await copied('in/link', 'x', 'follow')]).toEqual([
      ['symlink x'],
      ['file x'],
    ]);
  });

  test.each([
    ['nothing', 'no such file or directory'],
    ['in/a/', 'in/a/ is not a directory'],
  ])('must be there as it says: %s', async (path, message) => {
    await expect(copied(path, 'x')).rejects.toThrow(message);
  });

  test('keeps its modes through an archive and back', async () => {
    await chmod(join(folder, 'in/a'), 0o4711);
    const source = await findLocalSource('in/a', folder, 'keep');
    await unpackLocal(
      packTar(packLocal(source, 'a')),
      { directory: join(folder, 'to'), name: 'b' },
      { owner: 'ours' },
    );
    const { mode } = await lstat(join(folder, 'to/b'));
    expect([mode & 0o7777, await readFile(join(folder, 'to/b'), 'utf8')]).toEqual([0o4711, 'a']);
  });
});
