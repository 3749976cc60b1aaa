import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeBuildPlaces } from '../../../src/host/build-places.js';
import type { BuildSpec, OpenContext } from '../../../src/model/build.js';
import type { BuildPlaces } from '../../../src/model/build-places.js';
import { imageBuild } from '../../support/image-build.js';
import { TemporaryTree } from './support/temporary-tree.js';

let tree: TemporaryTree;
beforeEach(async () => {
  tree = await TemporaryTree.create({ 'app/Dockerfile': 'FROM a', 'app/src/main.c': 'main' });
});
afterEach(() => tree.dispose());

function places(stdin: string | Uint8Array = ''): BuildPlaces {
  const bytes = Buffer.from(stdin);
  return nodeBuildPlaces({
    environment: new Map(),
    homeDir: tree.at('home'),
    clock: { nowMs: () => Date.now() },
    stdin: (async function* () {
      if (bytes.length > 0) yield bytes;
    })(),
  });
}

/** A context as one can compare it: paths of the files, or the bytes of the archive. */
async function shown(context: OpenContext): Promise<unknown> {
  if (context.kind === 'files') return (await context.files.list()).map(({ path }) => path);
  if (context.kind !== 'archive') return context;
  const chunks: Uint8Array[] = [];
  for await (const chunk of context.bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function opened(given: Partial<BuildSpec> = {}, from = places()): Promise<unknown> {
  const spec = { context: tree.at('app'), ...given };
  const { context, dockerfileText } = await from.open(imageBuild(spec.context, spec));
  return { dockerfileText, context: await shown(context) };
}

/** A tar archive of nothing. */
const emptyTar = (() => {
  const header = Buffer.alloc(512);
  header.write('name', 0);
  header.write('ustar', 257);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.alloc(1024)]);
})();

describe('a directory', () => {
  test('is opened with the text of its Dockerfile', async () => {
    expect(await opened()).toEqual({
      dockerfileText: 'FROM a',
      context: ['Dockerfile', 'src', 'src/main.c'],
    });
  });

  test('may ignore its own Dockerfile and rules, which count all the same', async () => {
    await tree.write({ 'app/.dockerignore': 'Dockerfile\n.dockerignore\n' });
    expect(await opened()).toEqual({ dockerfileText: 'FROM a', context: ['src', 'src/main.c'] });
  });

  test('is ignored by the rules of its Dockerfile rather than by its own', async () => {
    await tree.write({ 'app/.dockerignore': 'src', 'app/Dockerfile.dockerignore': 'Dockerfile*\n.docker*' });
    expect(await opened()).toEqual({ dockerfileText: 'FROM a', context: ['src', 'src/main.c'] });
  });

  test('may have its Dockerfile outside, with rules beside it', async () => {
    await tree.write({ 'docker/web.Dockerfile': 'FROM b', 'docker/web.Dockerfile.dockerignore': '**/*.c' });
    expect(await opened({ dockerfile: '../docker/web.Dockerfile' })).toEqual({
      dockerfileText: 'FROM b',
      context: ['Dockerfile', 'src'],
    });
  });

  test('may have a Dockerfile in the Compose file', async () => {
    expect(await opened({ dockerfileInline: 'FROM c' })).toEqual({
      dockerfileText: 'FROM c',
      context: ['Dockerfile', 'src', 'src/main.c'],
    });
  });

  test('may spell its Dockerfile in small letters', async () => {
    await tree.remove('app/Dockerfile');
    await tree.write({ 'app/dockerfile': 'FROM small' });
    expect(await places().readDockerfile(imageBuild(tree.at('app')))).toBe('FROM small');
  });
});

describe('a context is also', () => {
  test.each([
    ['a tar archive', emptyTar],
    ['a compressed one', gzipSync(emptyTar)],
  ])('%s, which goes to the engine as it is', async (_, archive) => {
    await tree.write({ 'context.tar': archive });
    expect(await opened({ context: tree.at('context.tar'), dockerfile: 'web.Dockerfile' })).toEqual({
      dockerfileText: undefined,
      context: archive,
    });
  });

  test('a symlink to an archive', async () => {
    await tree.write({ 'context.tar': emptyTar, 'latest.tar': { to: 'context.tar' } });
    const context = tree.at('latest.tar');
    const inputs = await places().inputs(imageBuild(context));
    expect([await opened({ context }), inputs?.size]).toEqual([
      { dockerfileText: undefined, context: emptyTar },
      1,
    ]);
  });

  test('an archive with a Dockerfile from elsewhere', async () => {
    await tree.write({ 'context.tar': emptyTar });
    const given = { context: tree.at('context.tar'), dockerfile: tree.at('app/Dockerfile') };
    expect(await opened(given)).toEqual({ dockerfileText: 'FROM a', context: emptyTar });
  });

  test('an archive on standard input', async () => {
    expect(await opened({ context: '-' }, places(emptyTar))).toEqual({
      dockerfileText: undefined,
      context: emptyTar,
    });
  });

  test('standard input that is no archive: the text of a Dockerfile without files', async () => {
    expect(await opened({ context: '-' }, places('FROM d\n'))).toEqual({
      dockerfileText: 'FROM d\n',
      context: [],
    });
  });

  test('a URL, for the engine to fetch', async () => {
    const url = 'https://git.example/app.git#main:dir';
    expect(await opened({ context: url })).toEqual({
      dockerfileText: undefined,
      context: { kind: 'url', url },
    });
  });
});

test('additional contexts are directories with rules of their own, images and URLs', async () => {
  await tree.write({ 'lib/.dockerignore': '*.tmp', 'lib/a.tmp': '', 'lib/b': '' });
  const additionalContexts = new Map([
    ['lib', tree.at('lib')],
    ['base', 'docker-image://busybox:1'],
    ['git', 'https://git.example/lib.git'],
  ]);
  const request = await places().open(imageBuild(tree.at('app'), { additionalContexts }));
  const all = [...request.additionalContexts].map(async ([name, context]) => [name, await shown(context)]);
  expect(await Promise.all(all)).toEqual([
    ['lib', ['.dockerignore', 'b']],
    ['base', { kind: 'image', reference: 'busybox:1' }],
    ['git', { kind: 'url', url: 'https://git.example/lib.git' }],
  ]);
});

test('secrets are read from files and variables when they are asked for', async () => {
  await tree.write({ token: 'old' });
  const request = await places().open(
    imageBuild(tree.at('app'), {
      secrets: [
        { id: 'token', source: { kind: 'file', path: tree.at('token') } },
        { id: 'key', source: { kind: 'environment', variable: 'KEY', value: 'value' } },
        { id: 'unset', source: { kind: 'environment', variable: 'UNSET', value: undefined } },
      ],
    }),
  );
  await tree.write({ token: 'new' });
  const values = await Promise.all(['token', 'key', 'unset', 'other'].map((id) => request.readSecret(id)));
  expect(values.map((value) => value && Buffer.from(value).toString())).toEqual([
    'new',
    'value',
    undefined,
    undefined,
  ]);
});

const inApp = (text: string) => text.replaceAll(tree.at('app'), 'APP');

describe('what is not there is an error that names it', () => {
  const mistakes: readonly [string, Partial<BuildSpec>, string, string][] = [
    [
      'the context',
      { context: 'APP/nowhere' },
      'unable to prepare context: path "APP/nowhere" not found',
      '"context" is relative to the Compose file that it stands in. There is src in APP.',
    ],
    [
      'a context that is a file',
      { context: 'APP/src/main.c' },
      'unable to prepare context: path "APP/src/main.c" is neither a directory nor a tar archive',
      '"context" is the directory whose files the Dockerfile sees; "dockerfile" names the file.',
    ],
    [
      'the Dockerfile, with the one that there is',
      { dockerfile: 'Dockerfile.prod' },
      'failed to read dockerfile: APP/Dockerfile.prod: no such file or directory',
      'There is Dockerfile in that directory: name it with "dockerfile".',
    ],
    [
      'the Dockerfile, where there is none at all',
      { dockerfile: 'src/Dockerfile' },
      'failed to read dockerfile: APP/src/Dockerfile: no such file or directory',
      'Write one, or say with "dockerfile" where it is, relative to "context".',
    ],
    [
      'the directory of the Dockerfile',
      { dockerfile: 'docker/web.Dockerfile' },
      'failed to read dockerfile: APP/docker/web.Dockerfile: no such file or directory',
      'Its directory does not exist: "dockerfile" is relative to "context".',
    ],
    ['a Dockerfile that is a directory', { dockerfile: 'src' }, 'cannot read APP/src: it is a directory', ''],
    [
      'an additional context',
      { additionalContexts: new Map([['lib', '/nowhere']]) },
      'failed to get build context lib: /nowhere: no such file or directory',
      'Look at "additional_contexts": "lib" names a directory relative to the Compose file.',
    ],
    [
      'an additional context that an engine cannot be given',
      { additionalContexts: new Map([['lib', 'target:x']]) },
      'failed to get build context lib: "target:" is not supported',
      'Use a directory, docker-image://IMAGE, oci-layout://DIRECTORY, service:SERVICE, or a URL.',
    ],
    [
      'the image of an OCI layout',
      { additionalContexts: new Map([['lib', 'oci-layout:///x']]) },
      'failed to get build context lib: the OCI layout /x has no "latest"',
      'Look at "additional_contexts": "lib" names a directory with an index.json and an image with the tag "latest" in it.',
    ],
    [
      'the file of a secret',
      { secrets: [{ id: 'token', source: { kind: 'file', path: '/nowhere' } }] },
      'secret "token" of the build is not there: /nowhere',
      'Look at "file" of the secret: it is relative to the Compose file.',
    ],
    [
      'anything on standard input',
      { context: '-' },
      'unable to prepare context: the context is standard input, which is empty',
      'Send a tar archive or a Dockerfile.',
    ],
  ];

  test.each(mistakes)('%s', async (_, given, message, hint) => {
    const context = given.context?.replace('APP', tree.at('app')) ?? tree.at('app');
    const error = await opened({ ...given, context }).catch((thrown: unknown) => thrown);
    const {
      code,
      message: said,
      hint: advised = '',
    } = error as { code: string; message: string; hint?: string };
    expect([code, inApp(said), inApp(advised)]).toEqual(['build/unreadable', message, hint]);
  });

  test('standard input, when another build has it already', async () => {
    const once = places('FROM a');
    await opened({ context: '-' }, once);
    await expect(opened({ context: '-' }, once)).rejects.toMatchObject({
      message: 'unable to prepare context: only one build can have its context from standard input',
    });
  });
});

test.each<[string, Partial<BuildSpec>, readonly string[]]>([
  ['context', { context: '/nowhere' }, ['context']],
  ['dockerfile', { dockerfile: 'gone' }, ['dockerfile']],
  [
    'additional_contexts',
    { additionalContexts: new Map([['lib', '/gone']]) },
    ['additional_contexts', 'lib'],
  ],
  ['secrets', { secrets: [{ id: 's', source: { kind: 'file', path: '/gone' } }] }, ['secrets']],
])('an error says which key of build names what is missing: %s', async (_, given, key) => {
  const build = imageBuild(tree.at('app'), given);
  const errors = await Promise.allSettled([places().open(build), places().inputs(build)]);
  expect(errors).toMatchObject([{ reason: { key } }, { reason: { key } }]);
});
