import { writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { archiveOf } from '../../support/archive-of.js';
import { scenario } from '../../support/scenario.js';
import { saidBy } from '../../support/scenario-image.js';

scenario('a Dockerfile may lie outside of its context, with ignore rules beside it', async (stack) => {
  await stack.write('docker/web.Dockerfile', 'FROM busybox\nCOPY . /context\n');
  await stack.write('docker/web.Dockerfile.dockerignore', 'secret\n');
  await stack.write('app/secret', '');
  await stack.write('app/file', '');
  await stack.compose(
    'services:\n  web:\n    build: { context: app, dockerfile: ../docker/web.Dockerfile }\n    init: true\n',
  );
  expect(await saidBy(stack, 'ls', '/context')).toEqual(['file']);
});

scenario('a context may be a tar archive', async (stack) => {
  await writeFile(
    `${stack.folder}/context.tar`,
    await archiveOf('Dockerfile', 'FROM busybox\nRUN echo from the archive > /text\n'),
  );
  await stack.compose('services:\n  web:\n    build: context.tar\n');
  expect(await saidBy(stack, 'cat', '/text')).toEqual(['from the archive']);
});

scenario('a context may be standard input: an archive, or the text of a Dockerfile', async (stack) => {
  await stack.compose('services:\n  web:\n    build: "-"\n');
  const said: string[][] = [];
  for (const input of [
    await archiveOf('Dockerfile', 'FROM busybox\nRUN echo archive > /text\n'),
    'FROM busybox\nRUN echo text > /text\n',
  ]) {
    const { exitCode, stderr } = await stack.start(['build'], {}, input).outcome;
    if (exitCode !== 0) throw new Error(stderr);
    said.push(await saidBy(stack, 'cat', '/text'));
  }
  expect(said).toEqual([['archive'], ['text']]);
});

scenario(
  'additional contexts are directories, images and other services',
  async (stack) => {
    await stack.write('lib/file', 'of the directory\n');
    await stack.compose(`
services:
  base:
    build: { context: ., dockerfile_inline: "FROM busybox\\nRUN echo of the service > /file" }
    scale: 0
  web:
    build:
      context: .
      dockerfile_inline: |
        FROM image
        COPY --from=lib file /lib
        COPY --from=base file /base
      additional_contexts: { lib: ./lib, image: docker-image://busybox, base: service:base }
`);
    expect(await saidBy(stack, 'cat', '/lib', '/base')).toEqual(['of the directory', 'of the service']);
  },
  { engineSince: 23 },
);

const mistakes: readonly [string, string, number, string][] = [
  ['a context that is not there', 'nowhere', 3, 'unable to prepare context: path "./nowhere" not found'],
  [
    'a Dockerfile that is not there',
    '{ context: ., dockerfile: Dockerfile.prod }',
    3,
    'failed to read dockerfile: ./Dockerfile.prod: no such file or directory',
  ],
  ['a rule that is none', '{ context: broken }', 3, './broken/.dockerignore:2: "[a" is no pattern'],
  [
    'an additional context that is not there',
    '\n      context: .\n      additional_contexts:\n        lib: ./lib',
    6,
    'failed to get build context lib: ./lib: no such file or directory',
  ],
];
for (const [what, build, line, message] of mistakes) {
  scenario(`${what} is told with the line that asks for it, before anything is built`, async (stack) => {
    await stack.write('Dockerfile', 'FROM busybox\n');
    await stack.write('broken/Dockerfile', 'FROM busybox\n');
    await stack.write('broken/.dockerignore', 'fine\n[a\n');
    await stack.compose(`services:\n  web:\n    build: ${build}\n`);
    const { exitCode, stderr } = await stack.run('build');
    const place = /^(?:\.\/)?compose\.yaml:(\d+):/m.exec(stderr)?.[1];
    expect([exitCode, stderr.includes(message), place, stderr.includes('Building')]).toEqual([
      1,
      true,
      String(line),
      false,
    ]);
  });
}

scenario(
  'up --build=stale builds what has changed, says which files, and builds nothing else',
  async (stack) => {
    await stack.compose(`
services:
  web: { build: ./web, init: true, command: [sleep, "600"] }
  db: { build: ./db, init: true, command: [sleep, "600"] }
`);
    for (const name of ['web', 'db']) {
      await stack.write(`${name}/Dockerfile`, 'FROM busybox\nCOPY . /app\n');
      await stack.write(`${name}/a.txt`, 'a');
    }
    await stack.up();
    const before = await stack.runs();
    await stack.write('web/a.txt', 'changed');
    await stack.write('web/b.txt', 'new');
    const plan = await stack.run('plan', '--build=stale');
    await stack.up('--build=stale');
    const after = await stack.runs();
    expect([
      plan.stdout.includes('context changed: 2 files (a.txt, b.txt)'),
      before['web-1']?.id === after['web-1']?.id,
      before['db-1'],
    ]).toEqual([true, false, after['db-1']]);
  },
);
