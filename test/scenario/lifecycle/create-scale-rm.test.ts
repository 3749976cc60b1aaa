import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

const two = `
services:
  web: { image: "busybox:latest", command: sleep 600, init: true, depends_on: [db] }
  db: { image: "busybox:latest", command: sleep 600, init: true }
`;

scenario('create makes containers and starts none', async (app) => {
  await app.compose(two);
  await app.must('create', '--scale', 'web=2');
  expect(await app.states()).toEqual({ 'db-1': 'created', 'web-1': 'created', 'web-2': 'created' });
});

scenario('scale makes and removes replicas and touches nothing else', async (app) => {
  await app.compose(two);
  await app.up();
  const one = await app.runs();
  await app.must('scale', 'web=3');
  const three = await app.runs();
  await app.must('scale', 'web=1');
  const less = await app.runs();
  expect([touched(one, three), touched(one, less)]).toEqual([['web-2', 'web-3'], []]);
});

scenario('scale --no-deps makes no dependency', async (app) => {
  await app.compose(two);
  await app.must('scale', '--no-deps', 'web=2');
  expect(await app.states()).toEqual({ 'web-1': 'running', 'web-2': 'running' });
});

scenario('rm removes what has ended, and nothing without a yes', async (app) => {
  await app.compose(two);
  await app.up();
  await app.must('stop', 'web');
  const refused = await app.run('rm');
  const kept = await app.states();
  const forced = await app.run('rm', '-f');
  expect({
    refused,
    kept,
    forced: forced.stdout,
    states: await app.states(),
    nothing: await app.run('rm'),
  }).toEqual({
    refused: { exitCode: 0, stdout: 'Going to remove app-web-1', stderr: '' },
    kept: { 'db-1': 'running', 'web-1': 'exited 143' },
    forced: 'Going to remove app-web-1\n',
    states: { 'db-1': 'running' },
    nothing: { exitCode: 0, stdout: '', stderr: 'No stopped containers\n' },
  });
});

scenario('rm -s asks before it stops anything, and -v takes anonymous volumes along', async (app) => {
  await app.compose(`
services:
  web: { image: "busybox:latest", command: sleep 600, init: true, volumes: [/data] }
`);
  await app.up();
  const volume = (await app.container('web-1')).mounts[0]?.volumeName ?? '';
  await app.must('rm', '-s');
  const kept = await app.states();
  await app.must('rm', '-s', '-f', '-v');
  expect({ kept, states: await app.states(), volume: await app.engine.findVolume(volume) }).toEqual({
    kept: { 'web-1': 'running' },
    states: {},
    volume: undefined,
  });
});
