import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';

scenario('a service starts once what it needs is healthy and has completed', async (stack) => {
  await stack.compose(`
services:
  web:
    image: busybox:latest
    command: sh -c 'cat /shared/log; echo web'
    volumes: [shared:/shared]
    depends_on:
      store: { condition: service_healthy }
      migrate: { condition: service_completed_successfully }
  migrate:
    image: busybox:latest
    command: sh -c 'sleep 0.5; echo migrated >> /shared/log'
    volumes: [shared:/shared]
    depends_on:
      store: { condition: service_healthy }
  store:
    image: busybox:latest
    command: sh -c 'sleep 0.5; echo ready >> /shared/log; exec sleep 600'
    init: true
    volumes: [shared:/shared]
    healthcheck: { test: [CMD, test, -f, /shared/log], interval: 100ms, retries: 100 }
volumes:
  shared:
`);
  await stack.must('up', '--abort-on-container-exit', '--exit-code-from', 'web');
  expect(await stack.linesOf('web')).toEqual(['ready', 'migrated', 'web']);
});

const needing = (condition: string, required: 'true' | 'false', store: string) => `
services:
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    depends_on:
      store: { condition: ${condition}, required: ${required} }
  store:
    image: busybox:latest
    init: true
${store}
`;
const sick = `    command: sh -c 'echo starting; exec sleep 600'
    healthcheck:
      test: [CMD, sh, -c, "echo no disk; exit 1"]
      interval: 100ms
      retries: 2`;

scenario('an unhealthy dependency fails the run, and the last probes say why', async (stack) => {
  await stack.compose(needing('service_healthy', 'true', sick));
  const { exitCode, stderr } = await stack.run('up', '-d');
  expect({
    exitCode,
    message: stderr.slice(stderr.indexOf('compose.yaml')),
    states: await stack.states(),
  }).toEqual({
    exitCode: 1,
    message: `compose.yaml:13:5  apply/dependency-failed   dependency failed to start: container app-store-1 is unhealthy
    12 |     command: sh -c 'echo starting; exec sleep 600'
  > 13 |     healthcheck:
       |     ^^^^^^^^^^^
  health check: CMD sh -c echo no disk; exit 1
  probe exited with 1: no disk
  probe exited with 1: no disk
  last log lines of app-store-1:
    starting
  hint: the whole log: tscompose logs store; the check by hand: tscompose exec store sh -c 'echo no disk; exit 1'
`,
    states: { 'store-1': 'running', 'web-1': 'created' },
  });
});

scenario('an unhealthy dependency that is not required is only a warning', async (stack) => {
  await stack.compose(needing('service_healthy', 'false', sick));
  const { exitCode, stderr } = await stack.run('up', '-d');
  expect({
    exitCode,
    warning: stderr.split('\n').filter((line) => line.includes('Warning')),
    states: await stack.states(),
  }).toEqual({
    exitCode: 0,
    warning: [
      ' Container app-store-1  Warning  optional dependency failed to start: container app-store-1 is unhealthy',
    ],
    states: { 'store-1': 'running', 'web-1': 'running' },
  });
});

scenario('a job that fails fails the run with its exit code and its last lines', async (stack) => {
  await stack.compose(
    needing('service_completed_successfully', 'true', `    command: sh -c 'echo cannot migrate; exit 3'`),
  );
  const { exitCode, stderr } = await stack.run('up', '-d');
  expect({
    exitCode,
    message: stderr.slice(stderr.indexOf('compose.yaml')),
    states: await stack.states(),
  }).toEqual({
    exitCode: 1,
    message: `compose.yaml:9:3  apply/dependency-failed   service "store" didn't complete successfully: exit 3
    8 |       store: { condition: service_completed_successfully, required: true }
  > 9 |   store:
      |   ^^^^^
  last log lines of app-store-1:
    cannot migrate
  hint: the whole log: tscompose logs store
`,
    states: { 'store-1': 'exited 3', 'web-1': 'created' },
  });
});
