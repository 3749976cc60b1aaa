import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const talking = `
services:
  web: { image: "busybox:latest", command: sh -c 'echo out; echo err >&2; exec sleep 600', init: true }
  worker: { image: "busybox:latest", command: sh -c 'echo working; exec sleep 600', init: true }
`;

scenario('Ctrl-C stops an attached stack with exit code 130 and keeps its containers', async (stack) => {
  await stack.compose(talking);
  const up = stack.start(['up']);
  await Promise.all([up.says('web-1     | out'), up.says('web-1     | err'), up.says('worker-1  | working')]);
  up.signal('SIGINT');
  const { exitCode, stdout, stderr } = await up.outcome;
  expect({
    exitCode,
    onStdout: stdout
      .split('\n')
      .filter((line) => line.includes('|'))
      .sort(),
    onStderr: stderr.split('\n').filter((line) => line.includes('|')),
    saysGoodbye: stdout.includes('Gracefully Stopping... press Ctrl+C again to force'),
    states: await stack.states(),
  }).toEqual({
    exitCode: 130,
    onStdout: ['web-1     | out', 'worker-1  | working'],
    onStderr: ['web-1     | err'],
    saysGoodbye: true,
    states: { 'web-1': 'exited 143', 'worker-1': 'exited 143' },
  });
});

scenario('a second Ctrl-C kills what does not want to stop', async (stack) => {
  await stack.compose(`
services:
  web:
    image: busybox:latest
    command: sh -c 'trap "" TERM; echo stubborn; while :; do sleep 0.2; done'
    stop_grace_period: 60s
`);
  const up = stack.start(['up']);
  await up.says('| stubborn');
  up.signal('SIGINT');
  await up.says('Stopping');
  up.signal('SIGINT');
  const { exitCode } = await up.outcome;
  expect({ exitCode, states: await stack.states() }).toEqual({
    exitCode: 130,
    states: { 'web-1': 'exited 137' },
  });
});

scenario('an attached up ends by itself once all containers have ended', async (stack) => {
  await stack.compose(`
services:
  one: { image: "busybox:latest", command: sh -c 'echo first; exit 3' }
  two: { image: "busybox:latest", command: echo second }
`);
  const { exitCode, stdout } = await stack.run('up');
  expect({
    exitCode,
    said: stdout
      .split('\n')
      .filter((line) => /\||exited/.test(line))
      .sort(),
  }).toEqual({
    exitCode: 0,
    said: ['one-1  | first', 'one-1 exited with code 3', 'two-1  | second', 'two-1 exited with code 0'],
  });
});

scenario('an attached up shows what is written to no log, from the first word on', async (stack) => {
  await stack.compose(`
services:
  quiet: { image: "busybox:latest", command: sh -c 'echo first; echo last', logging: { driver: none } }
`);
  const { exitCode, stdout } = await stack.run('up');
  expect([exitCode, stdout.split('\n').filter((line) => line.includes('|'))]).toEqual([
    0,
    ['quiet-1  | first', 'quiet-1  | last'],
  ]);
});
