import { expect, vi } from 'vitest';
import { allAs, type CutWay, cutAtEachChange, stepsLeft } from '../../support/cut-commands.js';
import { type Stack, scenario } from '../../support/scenario.js';
import { shell } from '../../support/scenario-shell.js';

vi.setConfig({ testTimeout: 900_000 });

const file = `
services:
  db:
    image: busybox:latest
    command: sleep 600
    init: true
    volumes: ["data:/data"]
    configs: [settings]
    networks: [back]
  web:
    image: busybox:latest
    command: sleep 600
    init: true
    networks: [front, back]
    depends_on: [db]
networks: { front: {}, back: {} }
volumes: { data: {} }
configs: { settings: { content: "fast" } }
`;

/** After what finished a cut `up` everything runs under its name, after a cut `down` only the data is left. */
async function upAndDown(stack: Stack, way: CutWay): Promise<void> {
  await stack.compose(file);
  await stack.up();
  await shell(stack, 'db-1', 'echo kept > /data/mark');
  await stack.must('down');
  const rounds = await cutAtEachChange<unknown>(stack, way, [
    {
      args: () => ['up', '-d'],
      look: async () => ({
        states: await stack.states(),
        stepsLeft: await stepsLeft(stack),
        data: await shell(stack, 'db-1', 'cat /data/mark /settings'),
      }),
    },
    { args: () => ['down'], look: async () => ({ left: await stack.resources() }) },
  ]);
  const states = { 'db-1': 'running', 'web-1': 'running' };
  const isUp = { states, stepsLeft: 0, data: 'kept\nfast' };
  const isDown = { left: ['app_data'] };
  const expected = rounds.map((round, index) => ({
    ...allAs([round], way, 'left' in (round.state as object) ? isDown : isUp)[0],
    index,
  }));
  expect(rounds.map((round, index) => ({ ...round, index }))).toEqual(expected);
  expect(rounds.length).toBeGreaterThanOrEqual(14);
}

scenario('an up or down that is killed at any of its changes is finished by the next one', (stack) =>
  upAndDown(stack, 'killed'),
);

scenario('an up or down that loses the engine at any of its changes is finished by the next one', (stack) =>
  upAndDown(stack, 'disconnected'),
);
