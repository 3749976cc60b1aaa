import { expect, vi } from 'vitest';
import { allAs, type CutWay, cutAtEachChange, stepsLeft } from '../../support/cut-commands.js';
import { type Stack, scenario } from '../../support/scenario.js';
import { shell } from '../../support/scenario-shell.js';

vi.setConfig({ testTimeout: 900_000 });

const changed = (value: number) => `
services:
  db:
    image: busybox:latest
    command: sleep 600
    init: true
    environment: { VALUE: "${value}" }
    volumes: ["data:/data", /anonymous]
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    environment: { VALUE: "${value}" }
    depends_on: { db: { condition: service_started, restart: true } }
volumes: { data: {} }
`;

/** Whatever was under way, one more `up` ends it: the names are right, and both kinds of volume have their data. */
async function recreate(stack: Stack, way: CutWay): Promise<void> {
  await stack.compose(changed(0));
  await stack.up();
  await shell(stack, 'db-1', 'echo named > /data/mark; echo anonymous > /anonymous/mark');
  const rounds = await cutAtEachChange(stack, way, [
    {
      prepare: (at) => stack.compose(changed(at)),
      args: () => ['up', '-d'],
      look: async () => ({
        states: await stack.states(),
        stepsLeft: await stepsLeft(stack),
        data: await shell(stack, 'db-1', 'cat /data/mark /anonymous/mark'),
      }),
    },
  ]);
  const state = {
    states: { 'db-1': 'running', 'web-1': 'running' },
    stepsLeft: 0,
    data: 'named\nanonymous',
  };
  expect(rounds).toEqual(allAs(rounds, way, state));
  expect(rounds.length).toBeGreaterThanOrEqual(10);
}

scenario('a recreation that is killed at any of its changes is finished by the next up', (stack) =>
  recreate(stack, 'killed'),
);

scenario('a recreation that loses the engine at any of its changes is finished by the next up', (stack) =>
  recreate(stack, 'disconnected'),
);
