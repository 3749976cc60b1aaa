import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

const stack = (mode: string) => `
services:
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    environment: { MODE: ${mode} }
  follows:
    image: busybox:latest
    command: sleep 600
    init: true
    depends_on: { db: { condition: service_started, restart: true } }
  stays: { image: "busybox:latest", command: sleep 600, init: true, depends_on: [db] }
  db: { image: "busybox:latest", command: sleep 600, init: true }
`;

scenario('restart takes along what depends with restart: true, and with --no-deps nothing', async (app) => {
  await app.compose(stack('one'));
  await app.up();
  const first = await app.runs();
  await app.must('restart', 'db');
  const second = await app.runs();
  await app.must('restart', '--no-deps', 'db');
  const third = await app.runs();
  expect([touched(first, second), touched(second, third)]).toEqual([['db-1', 'follows-1'], ['db-1']]);
});

scenario('restart brings back what has ended', async (app) => {
  await app.compose(`
services:
  job: { image: "busybox:latest", command: sh -c 'echo run; exit 3' }
`);
  await app.up();
  await app.eventually('it has ended', ([job]) => job?.state === 'exited');
  await app.must('restart');
  await app.eventually('it has ended', ([job]) => job?.state === 'exited');
  expect(await app.linesOf('job')).toEqual(['run', 'run']);
});

scenario('restart says in one line what the files have differently, and changes none of it', async (app) => {
  await app.compose(stack('one'));
  await app.up();
  await app.compose(stack('two'));
  const before = await app.runs();
  const { stderr } = await app.run('restart', 'web');
  const after = await app.runs();
  expect({
    said: stderr.split('\n').filter((line) => line.includes('changed field')),
    touched: touched(before, after),
    isSame: before['web-1']?.id === after['web-1']?.id,
  }).toEqual({
    said: ['warning  web: 1 changed field (environment.MODE); run up to apply'],
    touched: ['web-1'],
    isSame: true,
  });
});

scenario('restart --apply recreates what differs and restarts the rest', async (app) => {
  await app.compose(stack('one'));
  await app.up();
  await app.compose(stack('two'));
  const before = await app.runs();
  await app.must('restart', '--apply', 'web', 'db');
  const after = await app.runs();
  const isNew = Object.keys(after).filter((name) => before[name]?.id !== after[name]?.id);
  expect({ touched: touched(before, after), isNew, plan: (await app.run('plan')).exitCode }).toEqual({
    touched: ['db-1', 'follows-1', 'web-1'],
    isNew: ['web-1'],
    plan: 0,
  });
});

scenario('restart runs pre_stop before and post_start after, in the same container', async (app) => {
  await app.compose(`
services:
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    volumes: ["data:/data"]
    pre_stop: [{ command: sh -c "echo stopping >> /data/log" }]
    post_start: [{ command: sh -c "echo started >> /data/log; cat /data/log > /proc/1/fd/1" }]
volumes:
  data:
`);
  await app.up();
  await app.must('restart');
  expect((await app.linesOf('web')).slice(-3)).toEqual(['started', 'stopping', 'started']);
});
