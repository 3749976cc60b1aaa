import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

const job = `
services:
  job: { image: "busybox:latest", command: [sh, -c, "while ! test -f /go; do sleep 0.1; done; exit 5"] }
  db: { image: "busybox:latest", command: sleep 600, init: true }
`;
const go = { command: ['touch', '/go'], isPrivileged: false, environment: new Map() };

scenario('wait ends with the exit code of the container, also when that has ended before', async (app) => {
  await app.compose(job);
  await app.up();
  const { id } = await app.container('job-1');
  const waiting = app.start(['wait', 'job']);
  await app.engine.runProgram(id, go);
  const answer = { exitCode: 5, stdout: `container "${id}" exited with status code 5\n`, stderr: '' };
  expect([await waiting.outcome, await app.run('wait', 'job')]).toEqual([answer, answer]);
});

scenario('wait --down-project takes everything down after the first end', async (app) => {
  await app.compose(job);
  await app.up();
  const waiting = app.start(['wait', '--down-project', 'job', 'db']);
  await app.engine.runProgram((await app.container('job-1')).id, go);
  const { exitCode } = await waiting.outcome;
  expect({ exitCode, left: await app.resources() }).toEqual({ exitCode: 5, left: [] });
});

scenario('wait needs a container that ran', async (app) => {
  await app.compose(job);
  await app.must('create');
  const { exitCode, stderr } = await app.run('wait', 'job');
  expect([exitCode, stderr.split('\n')[0]]).toEqual([
    1,
    'engine/no-container   no containers for project "app"',
  ]);
});

scenario('--wait-timeout names who was not ready', async (app) => {
  await app.compose(`
services:
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    healthcheck: { test: [CMD, "false"], interval: 100ms, retries: 1000 }
  db: { image: "busybox:latest", command: sleep 600, init: true }
`);
  const { exitCode, stderr } = await app.run('up', '--wait', '--wait-timeout', '1');
  expect({ exitCode, said: stderr.split('\n').filter((line) => line.includes('not healthy after')) }).toEqual(
    {
      exitCode: 1,
      said: ['apply/dependency-failed   application not healthy after 1s: app-web-1 (health: starting)'],
    },
  );
});
