import { expect } from 'vitest';
import { keeperOf, stateOf } from '../../support/keeper.js';
import { scenario } from '../../support/scenario.js';
import { get, server, shows, watcherOf } from '../../support/watcher.js';

const web = `web: {${server}, develop: {watch: [{action: sync, path: ./www, target: /www}]}}`;
const page = get('http://localhost/index.html');

scenario(
  'an edit of the Compose file is followed, and a broken one is told and waited out',
  async (stack) => {
    await stack.compose(`{services: {${web}}}`);
    await stack.write('www/index.html', 'one');
    const watcher = await watcherOf(stack);
    await stack.compose('{services: {web: {imagine: busybox}}}');
    await watcher.says('config/unknown-key');
    await stack.compose(
      `{services: {${web.replace('./www', './site')}, more: {image: busybox, command: sleep 600, init: true}}}`,
    );
    await watcher.says('As the files say now');
    await stack.write('site/index.html', 'from elsewhere');
    await shows(stack, 'web', page, 'from elsewhere');
    expect(await stack.states()).toEqual({ 'more-1': 'running', 'web-1': 'running' });
  },
);

scenario('an edit that comes while everything is still being started counts', async (stack) => {
  const gate = `healthcheck: {test: test -e /gate/open, interval: 100ms}, volumes: ['./gate:/gate']`;
  const gated = `gate: {image: busybox, init: true, command: sleep 600, ${gate}}`;
  const waiting = `${web.replace('image:', 'depends_on: {gate: {condition: service_healthy}}, image:')}, ${gated}`;
  await stack.compose(`{services: {${waiting}}}`);
  await stack.write('www/index.html', 'one');
  await stack.write('gate/shut', '');
  const watcher = stack.start(['watch'], stateOf(stack));
  await watcher.says('Waiting');
  await stack.compose(`{services: {${waiting}, more: {image: busybox, command: sleep 600, init: true}}}`);
  await stack.write('gate/open', '');
  await watcher.says('As the files say now');
  expect(await stack.states()).toEqual({ 'gate-1': 'running', 'more-1': 'running', 'web-1': 'running' });
});

scenario('only one watches a project, and Ctrl-C leaves the containers running', async (stack) => {
  await stack.compose(`{services: {${web}}}`);
  await stack.write('www/index.html', 'one');
  const watcher = await watcherOf(stack);
  const second = await stack.start(['watch'], stateOf(stack)).outcome;
  watcher.signal('SIGINT');
  const { exitCode } = await watcher.outcome;
  expect({
    codes: [second.exitCode, exitCode],
    told: second.stderr.includes('cannot take exclusive lock for project "app": process with PID'),
    states: await stack.states(),
  }).toEqual({ codes: [1, 130], told: true, states: { 'web-1': 'running' } });
});

scenario('the control loop watches too', async (stack) => {
  await stack.compose(`{services: {${web}}}`);
  await stack.write('www/index.html', 'one');
  const keeper = await keeperOf(stack);
  await keeper.says('Watch enabled');
  await stack.write('www/index.html', 'two');
  await shows(stack, 'web', page, 'two');
  const { id } = await stack.container('web-1');
  await stack.engine.removeContainer(id, { anonymousVolumes: 'remove' });
  await shows(stack, 'web', page, 'two');
  expect(await stack.states()).toEqual({ 'web-1': 'running' });
});

scenario('up --watch shows logs, goes on when a container ends, and stops all with Ctrl-C', async (stack) => {
  const command = `[sh, -c, 'cat /conf; grep -q good /conf && exec sleep 600; exit 4']`;
  const develop = 'develop: {watch: [{action: sync+restart, path: ./conf, target: /conf}]}';
  await stack.compose(`{services: {web: {image: busybox, init: true, command: ${command}, ${develop}}}}`);
  await stack.write('conf', 'bad');
  const up = stack.start(['up', '--watch'], stateOf(stack));
  await up.says('Watch enabled');
  await up.says('web-1 exited with code');
  await stack.write('conf', 'good now\n');
  await up.says('| good now');
  up.signal('SIGINT');
  const { exitCode } = await up.outcome;
  expect({ exitCode, states: await stack.states() }).toEqual({
    exitCode: 130,
    states: { 'web-1': 'exited 143' },
  });
});

scenario('rules that cannot work are refused with their line, before anything is started', async (stack) => {
  await stack.compose(`services:
  web:
    image: busybox
    develop:
      watch:
        - {action: rebuild, path: ./www}
        - {action: sync, path: ./www, target: www}
`);
  const { exitCode, stderr } = await stack.run('watch');
  const lines = stderr.split('\n').filter((line) => /^compose/.test(line));
  expect({ exitCode, lines, states: await stack.states() }).toEqual({
    exitCode: 1,
    lines: [
      'compose.yaml:6:20  config/invalid-value   can\'t watch service "web" with action rebuild without a build context',
      'compose.yaml:7:47  config/invalid-value   service "web": the target "www" of a watch rule is not an absolute path',
    ],
    states: {},
  });
});

scenario('without any rule it says so, and --auto finds what the file implies', async (stack) => {
  await stack.write('Dockerfile', 'FROM busybox\n');
  await stack.write('conf/a', 'a');
  const run = 'init: true, command: sleep 600';
  await stack.compose(
    `{services: {api: {build: ., ${run}}, web: {image: busybox, ${run}, volumes: ["./conf:/c"]}}}`,
  );
  const plain = await stack.run('watch', '--no-up');
  const auto = await stack.must('watch', '--auto', '--dry-run');
  expect([plain.exitCode, plain.stderr.includes("setting a 'develop' section"), auto]).toEqual([
    1,
    true,
    'api: .  rebuild\nweb: conf  restart\n',
  ]);
});
