import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LayoutDirectory } from '../../../../src/host/oci-layout/layout-directory.js';
import { parseLayoutReference, resolveLayout } from '../../../../src/host/oci-layout/layout-reference.js';
import { openCache } from '../../../../src/host/oci-layout/open-cache.js';
import { textOf } from '../../../../src/model/text-of.js';
import { BuildPlaceError } from '../../../../src/problems/errors.js';
import { TemporaryTree } from '../support/temporary-tree.js';

let tree: TemporaryTree;
let layout: LayoutDirectory;
beforeEach(async () => {
  tree = await TemporaryTree.create();
  layout = new LayoutDirectory(tree.at('cache'));
});
afterEach(() => tree.dispose());

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const all = { startBytes: 0, lengthBytes: 100 };

async function written(...parts: string[]): Promise<string> {
  const writer = await layout.begin();
  for (const part of parts) await writer.write(Buffer.from(part));
  return writer.commit(undefined);
}

const files = () => readdir(tree.root, { recursive: true, withFileTypes: true });
const fileNames = async () =>
  (await files()).filter((entry) => entry.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`);

const descriptorOf = (text: string) => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: digestOf(text),
  sizeBytes: text.length,
});

describe('content', () => {
  test('is known by its digest once all of it has come', async () => {
    const digest = await written('one ', 'two');
    expect([digest, await layout.sizeOf(digest), await textOf(layout.read(digest, all))]).toEqual([
      digestOf('one two'),
      7,
      'one two',
    ]);
  });

  test('can be read in part', async () => {
    const digest = await written('one two');
    expect(await textOf(layout.read(digest, { startBytes: 2, lengthBytes: 3 }))).toBe('e t');
  });

  test('is not there before it is committed', async () => {
    const writer = await layout.begin();
    await writer.write(Buffer.from('one'));
    const size = await layout.sizeOf(digestOf('one'));
    await writer.discard();
    expect([size, await fileNames()]).toEqual([undefined, []]);
  });

  test('that is not what its digest says is not kept', async () => {
    const writer = await layout.begin();
    await writer.write(Buffer.from('one'));
    const outcome = await writer.commit(digestOf('two')).catch(({ message }: Error) => message);
    expect([outcome, await fileNames()]).toEqual([
      `this is not ${digestOf('two')}, but ${digestOf('one')}`,
      [],
    ]);
  });

  test('that is begun once more counts from its new beginning', async () => {
    const writer = await layout.begin();
    await writer.write(Buffer.from('a long beginning'));
    await writer.restart();
    await writer.write(Buffer.from('short'));
    expect([writer.writtenBytes, await writer.commit(digestOf('short'))]).toEqual([5, digestOf('short')]);
  });

  test('may be written twice at the same time', async () => {
    const [one, two] = await Promise.all([written('same'), written('same')]);
    expect([one, two, (await fileNames()).length]).toEqual([digestOf('same'), digestOf('same'), 1]);
  });

  test.each([
    'sha256:../../secret',
    `sha256:${'a'.repeat(63)}/`,
    '../../../../etc/passwd',
    `md5:${'a'.repeat(32)}`,
    `sha256:${'A'.repeat(64)}`,
  ])('outside of the directory cannot be named: %s', async (digest) => {
    await tree.write({ secret: 'text' });
    expect([await layout.sizeOf(digest), await textOf(layout.read(digest, all))]).toEqual([undefined, '']);
  });
});

describe('tags', () => {
  test('stand for the last thing that they were given to', async () => {
    await layout.tag('latest', descriptorOf('one'));
    await layout.tag('other', descriptorOf('one'));
    await layout.tag('latest', descriptorOf('two'));
    expect([await layout.find('latest'), await layout.find('other'), await layout.tags()]).toEqual([
      descriptorOf('two'),
      descriptorOf('one'),
      ['other', 'latest'],
    ]);
  });

  test('of builds that run at the same time are all kept', async () => {
    const tags = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await Promise.all(tags.map((tag) => openCache(tree.at('cache'), 'cache_to').tag(tag, descriptorOf(tag))));
    expect([...(await layout.tags())].sort()).toEqual(tags);
  });

  test('are written also where somebody was ended while they did', async () => {
    await tree.write({ 'cache/index.json.lock': '' });
    await layout.tag('latest', descriptorOf('one'));
    expect([await layout.tags(), (await fileNames()).map((path) => basename(path)).sort()]).toEqual([
      ['latest'],
      ['index.json', 'oci-layout'],
    ]);
  });

  test('leave what others wrote into the index', async () => {
    await tree.write({ 'cache/index.json': '{"schemaVersion":2,"annotations":{"a":"b"},"manifests":[]}' });
    await layout.tag('latest', descriptorOf('one'));
    expect(JSON.parse(await readFile(tree.at('cache/index.json'), 'utf8'))).toMatchObject({
      schemaVersion: 2,
      annotations: { a: 'b' },
      manifests: [{ size: 3 }],
    });
  });

  test('of something that is no index are an error that names it', async () => {
    await tree.write({ 'cache/index.json': '[' });
    const error: unknown = await layout.find('latest').catch((thrown: unknown) => thrown);
    expect(error instanceof BuildPlaceError && error.message).toBe(
      `${tree.at('cache/index.json')} is not the index of an OCI layout`,
    );
  });
});

test('what cannot be written names the key that asks for it', async () => {
  await tree.write({ file: '' });
  const cache = openCache(tree.at('file'), 'cache_to');
  const error: unknown = await cache.begin().catch((thrown: unknown) => thrown);
  expect(error instanceof BuildPlaceError && [error.key, error.message]).toEqual([
    ['cache_to'],
    `cannot write to ${tree.at('file')}: a part of its path is not a directory`,
  ]);
});

describe('a reference', () => {
  test.each([
    ['oci-layout:///a/b', { directory: '/a/b', tag: 'latest', digest: undefined }],
    ['oci-layout:///a/b:v1', { directory: '/a/b', tag: 'v1', digest: undefined }],
    ['oci-layout:///a:1/b', { directory: '/a:1/b', tag: 'latest', digest: undefined }],
    ['oci-layout:///a@sha256:12', { directory: '/a', tag: 'latest', digest: 'sha256:12' }],
    ['oci-layout:///a:v1@sha256:12', { directory: '/a', tag: 'v1', digest: 'sha256:12' }],
    ['oci-layout://./a', { directory: `${process.cwd()}/a`, tag: 'latest', digest: undefined }],
  ])('%s has a directory, a tag and a digest', (place, expected) => {
    expect(parseLayoutReference(place)).toEqual(expected);
  });

  test('without a tag of that name means the only image that is there', async () => {
    const digest = await written('one');
    await layout.tag('v1', descriptorOf('one'));
    const found = await resolveLayout('lib', parseLayoutReference(`oci-layout://${tree.at('cache')}`));
    expect(found.digest).toBe(digest);
  });

  test('that names nothing is an error that tells what there is', async () => {
    await layout.tag('v1', descriptorOf('one'));
    await layout.tag('v2', descriptorOf('two'));
    const reference = parseLayoutReference(`oci-layout://${tree.at('cache')}:v3`);
    const error: unknown = await resolveLayout('lib', reference).catch((thrown: unknown) => thrown);
    expect(error instanceof BuildPlaceError && [error.message, error.hint]).toEqual([
      `failed to get build context lib: the OCI layout ${tree.at('cache')} has no "v3"`,
      'It has "v1", "v2".',
    ]);
  });
});
