import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { stateOf } from '../../support/keeper.js';
import { scenario } from '../../support/scenario.js';

const sleeper = 'image: busybox, command: sleep 600, init: true';

scenario('one loop in the background keeps the project until it is told to stop', async (stack) => {
  const cli = (...args: string[]) => stack.start(args, stateOf(stack)).outcome;
  await stack.compose(`{services: {web: {${sleeper}}}}`);
  const begun = await cli('up', '-d', '--reconcile');
  try {
    await stack.engine.removeContainer((await stack.container('web-1')).id, { anonymousVolumes: 'remove' });
    await stack.eventually('it runs', async () => (await stack.states())['web-1'] === 'running');
    const second = await cli('reconcile', '-d');
    const status = await cli('reconcile', '--status');
    const stopped = await cli('reconcile', '--stop');
    const after = await cli('reconcile', '--status');
    const log = await readFile(join(stack.folder, 'state/tscompose', stack.project, 'reconcile.log'), 'utf8');
    expect({
      codes: [begun, second, status, stopped, after].map(({ exitCode }) => exitCode),
      second: second.stderr.includes('is kept already'),
      states: await stack.states(),
      log: log.includes('As declared again'),
    }).toEqual({ codes: [0, 1, 0, 0, 1], second: true, states: { 'web-1': 'running' }, log: true });
  } finally {
    await cli('reconcile', '--stop');
  }
});

scenario('an attached up keeps what it shows, and stops all with Ctrl-C', async (stack) => {
  await stack.compose(
    `{services: {web: {image: busybox, init: true, command: [sh, -c, "echo I am up; exec sleep 600"]}}}`,
  );
  const up = stack.start(['up', '--reconcile'], stateOf(stack));
  await up.says('web-1  | I am up');
  const { id } = await stack.container('web-1');
  await up.says('first look');
  await stack.engine.removeContainer(id, { anonymousVolumes: 'remove' });
  await up.says('As declared again');
  up.signal('SIGINT');
  const { exitCode, stdout } = await up.outcome;
  const greetings = stdout.split('\n').filter((line) => line.includes('I am up')).length;
  expect({ exitCode, greetings, states: await stack.states() }).toEqual({
    exitCode: 130,
    greetings: 2,
    states: { 'web-1': 'exited 143' },
  });
});
