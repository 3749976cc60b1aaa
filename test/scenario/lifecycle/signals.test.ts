import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const two = `
services:
  web:
    image: busybox:latest
    command: sh -c 'trap "echo got usr1" USR1; echo ready; while :; do sleep 0.1; done'
  db: { image: "busybox:latest", command: sleep 600, init: true }
`;

scenario('pause freezes one service, and unpause lets it go on', async (app) => {
  await app.compose(two);
  await app.up();
  const before = await app.runs();
  await app.must('pause', 'db');
  const frozen = await app.states();
  await app.must('unpause');
  expect({ frozen, states: await app.states(), isUntouched: before }).toEqual({
    frozen: { 'db-1': 'paused', 'web-1': 'running' },
    states: { 'db-1': 'running', 'web-1': 'running' },
    isUntouched: await app.runs(),
  });
});

scenario(
  'kill sends the signal that is asked for, and SIGKILL by default, also to what is paused',
  async (app) => {
    await app.compose(two);
    await app.up();
    await app.eventually('it is ready', async () => (await app.linesOf('web')).includes('ready'));
    await app.must('kill', '-s', 'SIGUSR1', 'web');
    await app.eventually('it got the signal', async () => (await app.linesOf('web')).includes('got usr1'));
    await app.must('pause', 'db');
    await app.must('kill');
    const again = await app.run('kill');
    expect({ states: await app.states(), again }).toEqual({
      states: { 'db-1': 'exited 137', 'web-1': 'exited 137' },
      again: { exitCode: 0, stdout: '', stderr: 'No container to kill\n' },
    });
  },
);

scenario('a second Ctrl-C kills a paused container too', async (app) => {
  await app.compose(`
services:
  web:
    image: busybox:latest
    command: sh -c 'trap "" TERM; echo stubborn; while :; do sleep 0.2; done'
    stop_grace_period: 60s
  other:
    image: busybox:latest
    command: sh -c 'trap "" TERM; echo stubborn; while :; do sleep 0.2; done'
    stop_grace_period: 60s
`);
  const up = app.start(['up']);
  await Promise.all([up.says('web-1    | stubborn'), up.says('other-1  | stubborn')]);
  await app.pause('other-1');
  up.signal('SIGINT');
  await up.says('Stopping');
  up.signal('SIGINT');
  const { exitCode } = await up.outcome;
  expect({ exitCode, states: await app.states() }).toEqual({
    exitCode: 130,
    states: { 'other-1': 'exited 137', 'web-1': 'exited 137' },
  });
});
