import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

scenario('logs -f goes on until the containers end', async (stack) => {
  await stack.compose(`
services:
  web: { image: "busybox:latest", command: sh -c 'echo first; exec sleep 600', init: true }
`);
  await stack.up();
  const logs = stack.start(['logs', '-f']);
  await logs.says('web-1  | first');
  await stack.engine.killContainer((await stack.container('web-1')).id, 'SIGKILL');
  const { exitCode, stdout } = await logs.outcome;
  expect({ exitCode, lines: stdout.split('\n').filter((line) => line.includes('|')) }).toEqual({
    exitCode: 0,
    lines: ['web-1  | first'],
  });
});

scenario('Ctrl-C ends logs -f and leaves the containers alone', async (stack) => {
  await stack.compose(`
services:
  web: { image: "busybox:latest", command: sh -c 'echo first; exec sleep 600', init: true }
`);
  await stack.up();
  const logs = stack.start(['logs', '-f']);
  await logs.says('web-1  | first');
  logs.signal('SIGINT');
  const { exitCode } = await logs.outcome;
  expect({ exitCode, states: await stack.states() }).toEqual({
    exitCode: 130,
    states: { 'web-1': 'running' },
  });
});
