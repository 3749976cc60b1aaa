import { chmod, readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import type { Stack } from '../../support/scenario-stack.js';

const compose = `
services:
  db:
    provider: { type: cloud, options: { size: 3, tag: [a, b] } }
  web:
    image: busybox
    init: true
    command: [sh, -c, "echo $$DB_URL; exec sleep 600"]
    depends_on: [db]
  other:
    image: busybox
    init: true
    command: [sleep, "600"]
`;

/** Puts a provider into the stack's folder, and a way to run the CLI that finds it. */
async function withProvider(
  stack: Stack,
  onUp: string,
): Promise<(...args: string[]) => ReturnType<Stack['run']>> {
  await stack.write(
    'bin/cloud',
    `#!/bin/sh
[ "$2" = metadata ] && exit 1
echo "$@" >> "${stack.folder}/calls"
[ "$3" = up ] || exit 0
${onUp}
`,
  );
  await chmod(`${stack.folder}/bin/cloud`, 0o755);
  return (...args) => stack.start(args, { PATH: `${stack.folder}/bin:${process.env.PATH ?? ''}` }).outcome;
}

const setsUrl = (url: string) => `echo '{"type":"setenv","message":"URL=${url}"}'`;

scenario('a provider is run and its variables reach the services that depend on it', async (stack) => {
  await stack.compose(compose);
  const run = await withProvider(stack, setsUrl('http://one'));
  await run('up', '-d');
  await run('down');
  const calls = (await readFile(`${stack.folder}/calls`, 'utf8')).replaceAll(stack.project, 'app');
  expect({ calls: calls.split('\n'), left: await stack.resources() }).toEqual({
    calls: [
      'compose --project-name=app up --size=3 --tag=a --tag=b db',
      'compose --project-name=app down --size=3 --tag=a --tag=b db',
      '',
    ],
    left: [],
  });
});

scenario('another value from a provider recreates only what depends on it', async (stack) => {
  await stack.compose(compose);
  await (await withProvider(stack, setsUrl('http://one')))('up', '-d');
  const before = await stack.runs();
  await (await withProvider(stack, setsUrl('http://two')))('up', '-d');
  const after = await stack.runs();
  expect({
    lines: await stack.linesOf('web'),
    other: after['other-1']?.id === before['other-1']?.id,
  }).toEqual({ lines: ['http://two'], other: true });
});

scenario('a provider that fails leaves nothing behind and says why, with the line', async (stack) => {
  await stack.compose(compose);
  const run = await withProvider(
    stack,
    `echo '{"type":"error","message":"no quota"}'; echo 'ask ann' >&2; exit 1`,
  );
  const { exitCode, stderr } = await run('up', '-d');
  expect({
    exitCode,
    error: stderr.slice(stderr.indexOf('compose.yaml')),
    left: await stack.resources(),
  }).toEqual({
    exitCode: 1,
    error: `compose.yaml:4:23  apply/provider-failed   failed to create service provider "db": no quota
    3 |   db:
  > 4 |     provider: { type: cloud, options: { size: 3, tag: [a, b] } }
      |                       ^^^^^
    ask ann
  hint: that is what the program says: ./bin/cloud; by hand: cloud compose up db
`,
    left: [],
  });
});
