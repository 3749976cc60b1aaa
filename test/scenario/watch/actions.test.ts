import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';
import { get, server, shows, watcherOf } from '../../support/watcher.js';

const other = 'other: {image: busybox, init: true, command: sleep 600}';
const page = get('http://localhost/index.html');

scenario('restart starts the service again, and no other', async (stack) => {
  const develop = 'develop: {watch: [{action: restart, path: ./conf}]}';
  await stack.compose(`{services: {web: {${server}, ${develop}}, ${other}}}`);
  await stack.write('conf', 'one');
  const watcher = await watcherOf(stack);
  const before = await stack.runs();
  await stack.write('conf', 'two');
  await watcher.says('service(s) ["web"] restarted');
  const after = await stack.runs();
  expect([touched(before, after), after['web-1']?.id === before['web-1']?.id]).toEqual([['web-1'], true]);
});

scenario('sync+restart copies first: the program starts with the new file', async (stack) => {
  const command = `[sh, -c, 'mkdir -p /www; cat /conf > /www/index.html 2>/dev/null; exec httpd -f -h /www']`;
  const develop = 'develop: {watch: [{action: sync+restart, path: ./conf, target: /conf}]}';
  await stack.compose(`{services: {web: {image: busybox, init: true, command: ${command}, ${develop}}}}`);
  await stack.write('conf', 'one');
  await watcherOf(stack);
  await stack.write('conf', 'two');
  await shows(stack, 'web', page, 'two');
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});

scenario('sync+exec runs its command after each copy, as it is told to', async (stack) => {
  const exec = `{command: [sh, -c, 'cp source index.html; echo "$$NOTE by $$(id -u)"'], user: "7", working_dir: /www, environment: [NOTE=done]}`;
  const develop = `develop: {watch: [{action: sync+exec, path: ./source, target: /www/source, exec: ${exec}}]}`;
  const command = `[sh, -c, 'mkdir -p /www; chmod 777 /www; exec httpd -f -h /www']`;
  await stack.compose(`{services: {web: {image: busybox, init: true, command: ${command}, ${develop}}}}`);
  await stack.write('source', 'one');
  const watcher = await watcherOf(stack);
  await stack.write('source', 'two');
  await watcher.says('done by 7');
  await shows(stack, 'web', page, 'two');
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});

const built = `build: ., init: true, command: httpd -f -h /www, develop: {watch: [{action: rebuild, path: ./www}]}`;

scenario('rebuild makes those containers anew that use the image, and no other', async (stack) => {
  await stack.compose(`{services: {web: {${built}}, ${other}}}`);
  await stack.write('Dockerfile', 'FROM busybox\nCOPY www /www\n');
  await stack.write('www/index.html', 'one');
  const watcher = await watcherOf(stack);
  const before = await stack.runs();
  await stack.write('www/index.html', 'two');
  await watcher.says('service(s) ["web"] successfully built');
  await shows(stack, 'web', page, 'two');
  const images = await stack.engine.images.listOf(stack.project);
  expect({
    touched: touched(before, await stack.runs()),
    nameless: images.filter(({ references }) => references.length === 0).length,
  }).toEqual({ touched: ['web-1'], nameless: 0 });
});

scenario('a build that fails is told once, and what runs goes on until the next one works', async (stack) => {
  await stack.compose(`{services: {web: {${built.replace('./www', '.')}}}}`);
  await stack.write('Dockerfile', 'FROM busybox\nCOPY www /www\n');
  await stack.write('www/index.html', 'one');
  const watcher = await watcherOf(stack);
  const before = await stack.runs();
  await stack.write('Dockerfile', 'FROM busybox\nRUN echo the reason is this; exit 3\n');
  await watcher.says('Failed to rebuild service "web"');
  const during = touched(before, await stack.runs());
  await stack.write('Dockerfile', 'FROM busybox\nCOPY www /www\nRUN echo three > /www/index.html\n');
  await watcher.says('service(s) ["web"] successfully built');
  await shows(stack, 'web', page, 'three');
  const told = watcher.written().split('Failed to rebuild').length - 1;
  expect({ during, told, why: watcher.written().includes('the reason is this') }).toEqual({
    during: [],
    told: 1,
    why: true,
  });
});

scenario('what was copied before a rebuild of another file is still there afterwards', async (stack) => {
  const rules = '[{action: rebuild, path: ./Dockerfile}, {action: sync, path: ./www, target: /www}]';
  await stack.compose(
    `{services: {web: {build: {context: ./image, dockerfile: ../Dockerfile}, init: true, command: httpd -f -h /www, develop: {watch: ${rules}}}}}`,
  );
  await stack.write('image/x', 'x');
  await stack.write('Dockerfile', 'FROM busybox\nRUN mkdir /www; echo image > /www/index.html\n');
  await stack.write('www/index.html', 'one');
  const watcher = await watcherOf(stack);
  await stack.write('www/index.html', 'synced');
  await shows(stack, 'web', page, 'synced');
  await stack.write('Dockerfile', 'FROM busybox\nRUN mkdir /www; echo newer > /www/index.html\n');
  await watcher.says('service(s) ["web"] successfully built');
  await shows(stack, 'web', page, 'synced');
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});
