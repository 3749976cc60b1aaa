import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import type { Stack } from '../../support/scenario-stack.js';

const chain = `
services:
  front: { image: "busybox:latest", command: sleep 600, init: true, depends_on: [middle] }
  middle: { image: "busybox:latest", command: sleep 600, init: true, depends_on: { back: { condition: service_healthy } } }
  back:
    image: busybox:latest
    command: sleep 600
    init: true
    healthcheck: { test: [CMD, "true"], interval: 100ms }
`;

async function order(stack: Stack, by: 'startedAtMs' | 'finishedAtMs'): Promise<string[]> {
  const containers = await stack.containers();
  const times = await Promise.all(
    containers.map(async ({ id, service }) => ({
      service,
      atMs: (await stack.engine.inspectContainer(id))[by] ?? 0,
    })),
  );
  return times.sort((a, b) => a.atMs - b.atMs).map(({ service }) => service);
}

scenario(
  'stop goes from dependents to dependencies, and start back again with the same containers',
  async (app) => {
    await app.compose(chain);
    await app.up();
    const before = await app.runs();
    await app.must('stop');
    const stopped = await order(app, 'finishedAtMs');
    await app.must('start');
    const after = await app.runs();
    expect({
      stopped,
      started: await order(app, 'startedAtMs'),
      isSame: Object.keys(before).every((name) => before[name]?.id === after[name]?.id),
    }).toEqual({ stopped: ['front', 'middle', 'back'], started: ['back', 'middle', 'front'], isSame: true });
  },
);

scenario('start of a service starts what it needs, and says which service has no container', async (app) => {
  await app.compose(chain);
  const none = await app.run('start', 'middle');
  await app.must('create');
  await app.must('start', 'middle');
  expect({
    exitCode: none.exitCode,
    said: none.stderr.match(/service "\w+" has no container to start/g),
    states: await app.states(),
  }).toEqual({
    exitCode: 1,
    said: ['service "middle" has no container to start', 'service "back" has no container to start'],
    states: { 'back-1': 'running', 'front-1': 'created', 'middle-1': 'running' },
  });
});

scenario('start puts configs into containers that were only created', async (app) => {
  await app.compose(`
services:
  web:
    image: busybox:latest
    command: cat /greeting
    configs: [{ source: greeting, target: /greeting }]
configs:
  greeting: { content: hello }
`);
  await app.must('create');
  await app.must('start');
  await app.eventually('it has ended', ([web]) => web?.state === 'exited');
  expect(await app.linesOf('web')).toEqual(['hello']);
});

scenario('stop -t kills what does not stop in time', async (app) => {
  await app.compose(`
services:
  web:
    image: busybox:latest
    command: sh -c 'trap "" TERM; echo ready; while :; do sleep 0.1; done'
    stop_grace_period: 60s
`);
  await app.up();
  await app.eventually('it is ready', async () => (await app.linesOf('web')).includes('ready'));
  await app.must('stop', '-t', '1');
  expect(await app.states()).toEqual({ 'web-1': 'exited 137' });
});

scenario('a name without files is enough to stop, start, restart and take a project down', async (app) => {
  await app.compose(chain);
  await app.up();
  await app.write('elsewhere/note.txt', 'no Compose file here');
  await app.must('-p', app.project, '--project-directory', 'elsewhere', 'stop');
  const stopped = await app.states();
  await app.must('-p', app.project, 'start', 'front');
  const started = await app.states();
  await app.must('-p', app.project, 'restart');
  await app.must('-p', app.project, 'down');
  expect({
    stopped: Object.values(stopped),
    started: Object.values(started),
    left: await app.resources(),
  }).toEqual({
    stopped: ['exited 143', 'exited 143', 'exited 143'],
    started: ['running', 'running', 'running'],
    left: [],
  });
});
