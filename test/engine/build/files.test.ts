import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linesOf, novelty } from '../../support/build-request.js';
import { contextFiles, type TestFile } from '../../support/context-files.js';
import { RealBuilder } from '../../support/real-builder.js';

let builder: RealBuilder;
beforeAll(async () => {
  builder = await RealBuilder.connect();
});
afterAll(() => builder.close());

const build = (files: Readonly<Record<string, TestFile>>, context = `/${novelty()}`) =>
  builder.build({ files, spec: { context } });

test('modes, links, empty files and empty text arrive as they are', async () => {
  const { output } = await build({
    Dockerfile: linesOf([
      'FROM busybox',
      'COPY . /src',
      `RUN cd /src && find . -exec stat -c '%A %n' {} + && readlink link* # ${novelty()}`,
    ]),
    'bin/run': { text: 'echo run', mode: 0o755 },
    'bin/sticky': { text: '', mode: 0o4711 },
    'link to bin': { link: 'bin/run' },
    'ünï/cödé.txt': 'text',
  });
  expect(output.trim().split('\n').sort()).toEqual([
    '-rw-r--r-- ./Dockerfile',
    '-rw-r--r-- ./ünï/cödé.txt',
    '-rws--x--x ./bin/sticky',
    '-rwxr-xr-x ./bin/run',
    'bin/run',
    'drwxr-xr-x .',
    'drwxr-xr-x ./bin',
    'drwxr-xr-x ./ünï',
    'lrwxrwxrwx ./link to bin',
  ]);
});

test('a file larger than what is sent at once arrives whole', async () => {
  const bytes = new Uint8Array(5_000_000).fill(97);
  const { output } = await build({
    Dockerfile: linesOf(['FROM busybox', 'COPY large /', `RUN wc -c < /large # ${novelty()}`]),
    large: bytes,
  });
  expect(output.trim()).toBe('5000000');
});

test('files that no line of the Dockerfile names do not travel', async () => {
  const files = contextFiles({
    Dockerfile: linesOf(['FROM busybox', 'COPY wanted/*.txt link /src/']),
    'wanted/a.txt': novelty(),
    'wanted/b.md': 'b',
    link: { link: 'target/real' },
    'target/real': 'real',
    'other/c.txt': 'c',
  });
  const spec = { context: `/${novelty()}` };
  await builder.build({ context: { kind: 'files', files }, spec });
  expect([...new Set(files.readPaths)].sort()).toEqual(['Dockerfile', 'target/real', 'wanted/a.txt']);
});

test('what has changed since the last build is all that travels', async () => {
  const many: Record<string, TestFile> = { Dockerfile: linesOf(['FROM scratch', 'COPY . /']) };
  for (let index = 0; index < 20_000; index++)
    many[`${index % 100}/${index}`] = `${index} ${'x'.repeat(100)}`;
  const spec = { context: `/${novelty()}` };
  const first = contextFiles(many);
  await builder.build({ context: { kind: 'files', files: first }, spec });
  const second = contextFiles({ ...many, '7/107': novelty() });
  await builder.build({ context: { kind: 'files', files: second }, spec });
  expect([first.readBytes > 2_000_000, second.readBytes < first.readBytes / 100]).toEqual([true, true]);
});

test('a file that cannot be read ends the build with why', async () => {
  const files = contextFiles({ Dockerfile: linesOf(['FROM busybox', 'COPY broken /']), broken: novelty() });
  const { read } = files;
  const unreadable = {
    ...files,
    read: (path: string) => {
      if (path === 'broken') throw new Error('the disk is gone');
      return read(path);
    },
  };
  const { message } = await builder.failureOf({ context: { kind: 'files', files: unreadable } });
  expect(message).toContain('the disk is gone');
});

describe('an ignored Dockerfile', () => {
  test('is read all the same, and does not travel with the context', async () => {
    const files = contextFiles({
      Dockerfile: linesOf(['FROM busybox', 'COPY . /src', `RUN ls /src # ${novelty()}`]),
      seen: 'text',
    });
    const list = async () => (await files.list()).filter(({ path }) => path !== 'Dockerfile');
    const hidden = { list, read: (path: string) => files.read(path) };
    const { output } = await builder.build({ context: { kind: 'files', files: hidden } });
    expect(output).toBe('seen\n');
  });
});
