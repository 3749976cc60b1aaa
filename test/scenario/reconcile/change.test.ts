import { expect } from 'vitest';
import { freePort } from '../../support/free-port.js';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

const notebook = (mode: string) => `
services:
  web:
    image: busybox:latest
    command: sleep 600
    init: true
  notes:
    image: busybox:latest
    command: sh -c 'echo "$$MODE" >> /data/modes; cat /data/modes; exec sleep 600'
    init: true
    environment:
      MODE: ${mode}
    volumes: [data:/data]
volumes:
  data:
`;

scenario(
  'one changed value: plan tells what and where, up recreates that service only, data stays',
  async (stack) => {
    await stack.compose(notebook('draft'));
    await stack.up();
    const before = await stack.runs();
    await stack.compose(notebook('final'));
    const plan = await stack.run('plan');
    await stack.up();
    const after = await stack.runs();
    expect({
      plan,
      touched: touched(before, after),
      data: await stack.linesOf('notes'),
      planAfterwards: (await stack.run('plan')).exitCode,
    }).toEqual({
      plan: {
        exitCode: 2,
        stdout: `#1 create container app-notes-1              changed: environment.MODE  [recreate app-notes-1]
     environment.MODE: draft → final  (compose.yaml:12:13)
#2 stop container app-notes-1       after 1  replaced by #1
#3 remove container app-notes-1     after 2  replaced by #1
#4 rename container to app-notes-1  after 3  created by #1
#5 start container app-notes-1      after 4  created by #1
`,
        stderr: '',
      },
      touched: ['notes-1'],
      data: ['draft', 'final'],
      planAfterwards: 0,
    });
  },
);

scenario('a recreation that was killed half-way is finished by the next up', async (stack) => {
  const port = await freePort();
  const stubborn = (mode: string) => `
services:
  web:
    image: busybox:latest
    command: sh -c 'trap "" TERM; while :; do sleep 1; done'
    stop_grace_period: 60s
    environment: { MODE: ${mode} }
    ports: ["127.0.0.1:${port}:80"]
`;
  await stack.compose(stubborn('old'));
  await stack.up();
  await stack.compose(stubborn('new'));
  const killed = stack.start(['up', '-d']);
  await stack.eventually('a second container', async ({ length }) => length === 2);
  killed.signal('SIGKILL');
  const { exitCode } = await killed.outcome;
  const between = (await stack.containers()).length;
  await stack.up('-t', '0');
  const { service } = await stack.engine.inspectContainer((await stack.container('web-1')).id);
  expect({
    exitCode,
    between,
    states: await stack.states(),
    mode: service.environment.get('MODE'),
    planAfterwards: (await stack.run('plan')).exitCode,
  }).toEqual({ exitCode: 137, between: 2, states: { 'web-1': 'running' }, mode: 'new', planAfterwards: 0 });
});
