import { expect } from 'vitest';
import { up } from '../../../src/compose.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { scenario } from '../../support/scenario.js';
import { loadStack } from '../../support/scenario-load.js';
import { sessionOn } from '../../support/session.js';

const threeServices = `
services:
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    depends_on: [api]
    environment: { MODE: fast, LEVEL: 3 }
    ports: ["80"]
  api:
    image: busybox:latest
    command: sleep 600
    init: true
    depends_on:
      store: { condition: service_healthy }
    scale: 2
  store:
    image: busybox:latest
    command: sleep 600
    init: true
    volumes: [data:/data, /cache]
    networks: { default: { aliases: [db] }, back: {} }
    healthcheck: { test: [CMD, "true"], interval: 100ms }
volumes:
  data:
networks:
  back:
`;

scenario('a second up changes nothing: containers keep ids and start times', async (stack) => {
  await stack.compose(threeServices);
  await stack.up();
  const before = await stack.runs();
  await stack.up();
  expect({ names: Object.keys(before), after: await stack.runs() }).toEqual({
    names: ['api-1', 'api-2', 'store-1', 'web-1'],
    after: before,
  });
});

scenario('a second up only reads', async (stack) => {
  await stack.compose(threeServices);
  const project = await loadStack(stack);
  await up(project, defaultUpPolicy, sessionOn(stack.engine));
  const recording = recordCalls(stack.engine);
  await up(project, defaultUpPolicy, sessionOn(recording));
  expect(recording.changes).toEqual([]);
});

scenario('the plan after up is empty', async (stack) => {
  await stack.compose(threeServices);
  await stack.up();
  expect(await stack.run('plan')).toEqual({
    exitCode: 0,
    stdout: 'nothing to do: project "app" is as its files say\n',
    stderr: '',
  });
});
