import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { keys } from '../../support/scenario-terminal.js';

const talking = `
services:
  web: { image: "busybox:latest", command: sh -c 'echo first; sleep 1; echo second; exec sleep 600', init: true }
`;

scenario('below an attached up a line tells the keys, and d lets go of the stack', async (stack) => {
  await stack.compose(talking);
  const up = stack.inTerminal(['up']);
  await up.says('second');
  await up.says('d Detach   q Stop');
  up.type('d');
  const { exitCode, terminal } = await up.outcome;
  expect([exitCode, terminal, await stack.states()]).toEqual([0, 'as before', { 'web-1': 'running' }]);
});

scenario('q in an attached up stops the stack as Ctrl-C does', async (stack) => {
  await stack.compose(talking);
  const up = stack.inTerminal(['up']);
  await up.says('d Detach');
  up.type('q');
  const { exitCode, terminal } = await up.outcome;
  expect([exitCode, terminal, await stack.states()]).toEqual([130, 'as before', { 'web-1': 'exited 143' }]);
});

scenario('while an attached up stops, the terminal tells how long containers have', async (stack) => {
  await stack.compose(`
services:
  web:
    image: busybox:latest
    command: sh -c 'trap "" TERM; echo first; while :; do sleep 0.2; done'
    stop_grace_period: 60s
`);
  const up = stack.inTerminal(['up']);
  await up.says('d Detach');
  up.type(keys.ctrlC);
  await up.says('app-web-1 stopping: 60 s left');
  await up.says('app-web-1 stopping: 58 s left');
  up.type(keys.ctrlC);
  const { exitCode, terminal } = await up.outcome;
  expect([exitCode, terminal]).toEqual([130, 'as before']);
});

scenario('w switches watching on and off beside an attached up', async (stack) => {
  await stack.compose(`
services:
  web:
    image: busybox:latest
    command: sh -c 'echo first; exec sleep 600'
    init: true
    develop: { watch: [{ action: sync, path: ./files, target: /files }] }
`);
  await stack.write('files/page', 'one');
  const up = stack.inTerminal(['up']);
  await up.says('w Watch');
  up.type('w');
  await up.says('w Stop watching');
  await up.says('watching');
  await stack.write('files/page', 'two');
  await up.says('page');
  up.type('w');
  await up.says('w Watch');
  up.type('q');
  const { exitCode, terminal } = await up.outcome;
  expect([exitCode, terminal, await readFile(join(stack.folder, 'files/page'), 'utf8')]).toEqual([
    130,
    'as before',
    'two',
  ]);
});

scenario('no menu where it is declined', async (stack) => {
  await stack.compose('services: { web: { image: "busybox:latest", command: echo first } }');
  const screens = [
    await stack.inTerminal(['up', '--menu=false']).outcome,
    await stack.inTerminal(['up'], { COMPOSE_MENU: 'false' }).outcome,
    await stack.inTerminal(['--progress', 'plain', 'up']).outcome,
  ];
  expect(screens.map(({ exitCode, screen }) => [exitCode, screen.includes('Detach')])).toEqual([
    [0, false],
    [0, false],
    [0, false],
  ]);
});
