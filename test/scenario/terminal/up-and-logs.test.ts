import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { keys } from '../../support/scenario-terminal.js';

const talking = `
services:
  web: { image: "busybox:latest", command: sh -c 'echo first; exec sleep 600', init: true }
`;
const neverReady = `
services:
  web: { image: "busybox:latest", command: sleep 600, depends_on: { db: { condition: service_healthy } } }
  db: { image: "busybox:latest", command: sleep 600, init: true, healthcheck: { test: "false", retries: 1000 } }
`;
const stubborn = `
services:
  web:
    image: busybox:latest
    command: sh -c 'trap "" TERM; echo first; while :; do sleep 0.2; done'
    stop_grace_period: 60s
`;

scenario('Ctrl-C while up waits for a dependency stops what it has started', async (stack) => {
  await stack.compose(neverReady);
  const up = stack.inTerminal(['up']);
  await stack.eventually('the dependency', (all) => all.some(({ state }) => state === 'running'));
  up.type(keys.ctrlC);
  const { exitCode, terminal } = await up.outcome;
  expect([exitCode, terminal, await stack.states()]).toEqual([
    130,
    'as before',
    { 'db-1': 'exited 143', 'web-1': 'created' },
  ]);
});

scenario('Ctrl-C while up -d waits leaves what it has started running', async (stack) => {
  await stack.compose(neverReady);
  const up = stack.inTerminal(['up', '-d']);
  await stack.eventually('the dependency', (all) => all.some(({ state }) => state === 'running'));
  up.type(keys.ctrlC);
  const { exitCode, terminal } = await up.outcome;
  expect([exitCode, terminal, await stack.states()]).toEqual([
    130,
    'as before',
    { 'db-1': 'running', 'web-1': 'created' },
  ]);
});

scenario('Ctrl-C while up shows logs stops the stack', async (stack) => {
  await stack.compose(talking);
  const up = stack.inTerminal(['up']);
  await up.says('first');
  up.type(keys.ctrlC);
  const { exitCode, screen, terminal } = await up.outcome;
  expect([exitCode, screen.includes('press Ctrl+C again to force'), terminal, await stack.states()]).toEqual([
    130,
    true,
    'as before',
    { 'web-1': 'exited 143' },
  ]);
});

scenario('a second Ctrl-C while up stops the stack kills it', async (stack) => {
  await stack.compose(stubborn);
  const up = stack.inTerminal(['up']);
  await up.says('first');
  up.type(keys.ctrlC);
  await up.says('Stopping');
  up.type(keys.ctrlC);
  const { exitCode, terminal } = await up.outcome;
  expect([exitCode, terminal, await stack.states()]).toEqual([130, 'as before', { 'web-1': 'exited 137' }]);
});

scenario('Ctrl-C ends logs -f and leaves terminal and containers alone', async (stack) => {
  await stack.compose(talking);
  await stack.up();
  const logs = stack.inTerminal(['logs', '-f']);
  await logs.says('first');
  logs.type(keys.ctrlC);
  const { exitCode, terminal } = await logs.outcome;
  expect([exitCode, terminal, await stack.states()]).toEqual([130, 'as before', { 'web-1': 'running' }]);
});
