import { chmod, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';
import { get, server, shows, watcherOf } from '../../support/watcher.js';

const rule = '{action: sync, path: ./www, target: /www}';
const web = `{services: {web: {${server}, develop: {watch: [${rule}]}}}}`;
const page = get('http://localhost/index.html');

scenario('what is saved is what the server answers, without a restart', async (stack) => {
  await stack.compose(web);
  await stack.write('www/index.html', 'one');
  await watcherOf(stack);
  const before = await stack.runs();
  await stack.write('www/index.html', 'two');
  await shows(stack, 'web', page, 'two');
  expect(touched(before, await stack.runs())).toEqual([]);
});

scenario('files of all kinds become in the container what they are outside', async (stack) => {
  await stack.compose(web);
  for (const file of ['gone', 'dir/a', 'dir/b', 'moved/c', 'turns-into-directory', 'turns-into-file/x'])
    await stack.write(`www/${file}`, file);
  await watcherOf(stack);
  const at = (path: string) => join(stack.folder, 'www', path);
  for (const file of ['dir/a', 'dir/b', 'moved/c', 'gone', 'turns-into-directory', 'turns-into-file/x'])
    await stack.write(`www/${file}`, `${file} again`);
  await shows(
    stack,
    'web',
    ['cat', '/www/gone', '/www/turns-into-file/x'],
    'gone againturns-into-file/x again',
  );
  await rm(at('gone'));
  await rm(at('dir'), { recursive: true });
  await rename(at('moved'), at('renamed'));
  await rm(at('turns-into-directory'));
  await stack.write('www/turns-into-directory/y', 'y');
  await rm(at('turns-into-file'), { recursive: true });
  await stack.write('www/turns-into-file', 'f');
  await symlink('turns-into-file', at('link'));
  await stack.write('www/run.sh', '#!/bin/sh');
  await chmod(at('run.sh'), 0o750);
  const list = ['sh', '-c', 'cd /www; find . | sort; stat -c %a run.sh; readlink link; cat renamed/c'];
  const expected = [
    ...['.', './link', './renamed', './renamed/c', './run.sh', './turns-into-directory'],
    ...['./turns-into-directory/y', './turns-into-file', '750', 'turns-into-file', 'moved/c again'],
  ];
  await shows(stack, 'web', list, expected.join('\n'));
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});

scenario('every replica gets it, and one that comes later gets all of it', async (stack) => {
  await stack.compose(web);
  await stack.write('www/index.html', 'one');
  await watcherOf(stack);
  await stack.write('www/index.html', 'two');
  await shows(stack, 'web', page, 'two');
  await stack.must('up', '-d', '--scale', 'web=3');
  for (const index of [1, 2, 3]) await shows(stack, 'web', page, 'two', index);
  await stack.write('www/index.html', 'three');
  for (const index of [1, 2, 3]) await shows(stack, 'web', page, 'three', index);
  await stack.must('up', '-d', '--force-recreate', '--scale', 'web=3');
  for (const index of [1, 2, 3]) await shows(stack, 'web', page, 'three', index);
  expect(Object.keys(await stack.states()).sort()).toEqual(['web-1', 'web-2', 'web-3']);
});

scenario('an image without shell, tar and rm is synced like any other', async (stack) => {
  const dockerfile = 'FROM busybox AS b\nFROM scratch\nCOPY --from=b /bin/busybox /httpd\nCOPY www /www\n';
  await stack.write('Dockerfile', dockerfile);
  await stack.write('www/index.html', 'one');
  await stack.write('www/old.html', 'old');
  await stack.compose(`services:
  web:
    build: .
    entrypoint: [/httpd, -f, -h, /www]
    develop: {watch: [${rule}]}
  client: {image: busybox, init: true, command: sleep 600}
`);
  await watcherOf(stack);
  await stack.write('www/index.html', 'two');
  await shows(stack, 'client', get('http://web/index.html'), 'two');
  await rm(join(stack.folder, 'www/old.html'));
  const old = ['sh', '-c', 'wget -qO- http://web/old.html 2>&1 | grep -o 404'];
  await shows(stack, 'client', old, '404');
  expect((await stack.states())['web-1']).toBe('running');
});

scenario('what is copied belongs to the user of the container, and can be removed again', async (stack) => {
  await stack.write(
    'Dockerfile',
    'FROM busybox\nRUN echo app:x:1234:1234::/: >> /etc/passwd && mkdir /www && chown app /www\nUSER app\n',
  );
  await stack.write('www/index.html', 'one');
  await stack.compose(
    `{services: {web: {build: ., init: true, command: sleep 600, develop: {watch: [${rule}]}}}}`,
  );
  await watcherOf(stack);
  await stack.write('www/sub/new', 'new');
  await shows(stack, 'web', ['stat', '-c', '%u:%g', '/www/sub/new'], '1234:1234');
  await rm(join(stack.folder, 'www/sub'), { recursive: true });
  await shows(stack, 'web', ['sh', '-c', 'ls /www | wc -l'], '0');
  expect((await stack.states())['web-1']).toBe('running');
});

scenario('with initial_sync only what differs is sent first', async (stack) => {
  await stack.write('Dockerfile', 'FROM busybox\nCOPY www /www\n');
  for (const file of ['same', 'differs', 'sub/same']) await stack.write(`www/${file}`, file);
  const build = 'build: ., init: true, command: sleep 600';
  const first = '{action: sync, path: ./www, target: /www, initial_sync: true}';
  await stack.compose(`{services: {web: {${build}, develop: {watch: [${first}]}}}}`);
  await stack.up();
  await stack.write('www/differs', 'changed');
  await stack.write('www/sub/new', 'new');
  const watcher = await watcherOf(stack, '--no-up');
  await shows(stack, 'web', ['cat', '/www/differs', '/www/sub/new'], 'changednew');
  await watcher.says('Brought up to date: web');
  const told = watcher
    .written()
    .split('\n')
    .find((line) => line.includes('app-web-1 in'));
  expect(told?.replace(/\d+ ms/, 'N ms')).toBe('  web: www/differs, www/sub/new → app-web-1 in N ms');
});

scenario('what is ignored, or not included, does not reach the container', async (stack) => {
  const rules = `[{action: sync, path: ./www, target: /www, ignore: [node_modules/, "**/*.log"], include: ["**/*.html", node_modules]}]`;
  await stack.compose(`{services: {web: {${server}, develop: {watch: ${rules}}}}}`);
  await stack.write('www/index.html', 'one');
  await watcherOf(stack);
  for (const file of ['node_modules/a.html', 'x.log', 'x.css', 'sub/.git/b.html', 'sub/y.html.swp~'])
    await stack.write(`www/${file}`, 'no');
  await stack.write('www/sub/page.html', 'yes');
  await shows(stack, 'web', ['sh', '-c', 'cd /www; find . -type f'], './sub/page.html');
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});

scenario(
  'a volume of a container that is read-only takes files, also in directories that are new',
  async (stack) => {
    const volume = 'read_only: true, volumes: [data:/data]';
    const develop = 'develop: {watch: [{action: sync, path: ./www, target: /data}]}';
    await stack.compose(
      `{services: {web: {image: busybox, init: true, command: sleep 600, ${volume}, ${develop}}}, volumes: {data: {}}}`,
    );
    await stack.write('www/one', 'one');
    await watcherOf(stack);
    await stack.write('www/new/deep/two', 'two');
    await shows(stack, 'web', ['cat', '/data/new/deep/two'], 'two');
  },
);
