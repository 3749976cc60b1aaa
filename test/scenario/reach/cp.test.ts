import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const two = 'services:\n  web: { image: "busybox:latest", command: sleep 600, init: true, scale: 2 }\n';

scenario('cp brings a tree into every replica and back, with modes and links', async (stack) => {
  await stack.compose(two);
  await stack.write('in/sub/file', 'hello');
  await stack.up();
  await stack.must('cp', 'in', 'web:/tmp/tree');
  await stack.must(
    'exec',
    '--index',
    '2',
    'web',
    'sh',
    '-c',
    'cd /tmp/tree/sub; chmod 640 file; ln -s file link',
  );
  await stack.must('cp', '--index', '2', 'web:/tmp/tree', 'out');
  const place = join(stack.folder, 'out/sub');
  const { mode } = await lstat(join(place, 'file'));
  expect([
    await stack.must('exec', '--index', '1', 'web', 'cat', '/tmp/tree/sub/file'),
    await readFile(join(place, 'file'), 'utf8'),
    mode & 0o777,
    await readlink(join(place, 'link')),
  ]).toEqual(['hello', 'hello', 0o640, 'file']);
});

scenario('cp of an archive from standard input reaches every replica', async (stack) => {
  await stack.compose(two);
  await stack.write('in/file', 'hello');
  await stack.up();
  await stack.must('cp', 'in', 'web:/tmp');
  const { stdout } = await stack.start(['cp', '--index', '1', 'web:/tmp/in', '-']).outcome;
  const { exitCode } = await stack.start(['cp', '-', 'web:/root'], {}, stdout).outcome;
  const copies = [];
  for (const index of ['1', '2'])
    copies.push(await stack.must('exec', '--index', index, 'web', 'cat', '/root/in/file'));
  expect([exitCode, copies]).toEqual([0, ['hello', 'hello']]);
});

scenario('cp says what is wrong with a place', async (stack) => {
  await stack.compose(two);
  await stack.write('file', 'hello');
  await stack.up();
  const problems = [];
  for (const args of [
    ['web:/a', 'web:/b'],
    ['a', 'b'],
    ['nothing', 'web:/tmp'],
    ['file', 'web:/nowhere/'],
    ['web:/nothing', '.'],
    ['file', 'wep:/tmp'],
  ])
    problems.push((await stack.run('cp', ...args)).stderr.split('\n')[0]);
  expect(problems).toEqual([
    'usage/invalid   copying between services is not supported',
    'usage/invalid   unknown copy direction',
    'usage/invalid   cannot copy ./nothing: no such file or directory',
    'usage/invalid   no such directory: /nowhere/',
    'engine/refused   could not find the file /nothing in container app-web-1',
    'usage/invalid   no container found for service "wep"',
  ]);
});
