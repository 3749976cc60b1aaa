import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

const webAndApi = `
services:
  web: { image: "busybox:latest", command: sleep 600, init: true, depends_on: [api] }
  api: { image: "busybox:latest", command: sleep 600, init: true }
`;

scenario('a killed container is started again, and nothing else is touched', async (stack) => {
  await stack.compose(webAndApi);
  await stack.up();
  const before = await stack.runs();
  await stack.engine.killContainer((await stack.container('api-1')).id, 'SIGKILL');
  await stack.up();
  const after = await stack.runs();
  expect({ touched: touched(before, after), sameId: after['api-1']?.id === before['api-1']?.id }).toEqual({
    touched: ['api-1'],
    sameId: true,
  });
});

scenario('a removed container is made again, and nothing else is touched', async (stack) => {
  await stack.compose(webAndApi);
  await stack.up();
  const before = await stack.runs();
  const { id } = await stack.container('api-1');
  await stack.engine.removeContainer(id, { anonymousVolumes: 'keep' });
  await stack.up();
  const after = await stack.runs();
  expect({ touched: touched(before, after), states: await stack.states() }).toEqual({
    touched: ['api-1'],
    states: { 'api-1': 'running', 'web-1': 'running' },
  });
});

scenario(
  'a container that somebody paused stays paused, and up says so before it changes anything',
  async (stack) => {
    await stack.compose(webAndApi);
    await stack.up();
    await stack.pause('api-1');
    const { exitCode, stderr } = await stack.run('up', '-d');
    expect({ exitCode, stderr, states: await stack.states() }).toEqual({
      exitCode: 1,
      stderr: `compose.yaml:4:3  engine/container-paused   container app-api-1 of service "api" is paused
    3 |   web: { image: "busybox:latest", command: sleep 600, init: true, depends_on: [api] }
  > 4 |   api: { image: "busybox:latest", command: sleep 600, init: true }
      |   ^^^
  hint: wake it with "unpause api", or replace it with "up --force-recreate api"
`,
      states: { 'api-1': 'paused', 'web-1': 'running' },
    });
  },
);
