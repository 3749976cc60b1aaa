import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

const stack = (mode: string) => `
services:
  follows:
    image: busybox:latest
    command: sleep 600
    init: true
    depends_on: { store: { condition: service_healthy, restart: true } }
  stays:
    image: busybox:latest
    command: sleep 600
    init: true
    depends_on: { store: { condition: service_healthy } }
  store:
    image: busybox:latest
    command: sleep 600
    init: true
    environment: { MODE: ${mode} }
    healthcheck: { test: [CMD, "true"], interval: 100ms }
`;

scenario('only a dependent with restart: true restarts when its dependency is recreated', async (app) => {
  await app.compose(stack('old'));
  await app.up();
  const before = await app.runs();
  await app.compose(stack('new'));
  await app.up();
  const after = await app.runs();
  expect({
    touched: touched(before, after),
    isSameContainer: after['follows-1']?.id === before['follows-1']?.id,
  }).toEqual({ touched: ['follows-1', 'store-1'], isSameContainer: true });
});
