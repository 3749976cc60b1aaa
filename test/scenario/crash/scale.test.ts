import { expect, vi } from 'vitest';
import { allAs, type CutWay, cutAtEachChange } from '../../support/cut-commands.js';
import { type Stack, scenario } from '../../support/scenario.js';

vi.setConfig({ testTimeout: 900_000 });

const file = `
services:
  worker: { image: "busybox:latest", command: sleep 600, init: true }
`;

/** The same command once more gives as many replicas as were asked for: the lowest numbers, and none twice. */
async function scale(stack: Stack, way: CutWay): Promise<void> {
  await stack.compose(file);
  await stack.up();
  const scaleTo = (replicas: number) => ({
    args: () => ['scale', `worker=${replicas}`],
    look: async () => ({ replicas, states: await stack.states() }),
  });
  const rounds = await cutAtEachChange(stack, way, [scaleTo(3), scaleTo(1)]);
  const states: Record<number, object> = {
    1: { 'worker-1': 'running' },
    3: { 'worker-1': 'running', 'worker-2': 'running', 'worker-3': 'running' },
  };
  const wanted = rounds.map(({ state: { replicas } }) => ({ replicas, states: states[replicas] }));
  expect(rounds).toEqual(rounds.flatMap((round, index) => allAs<unknown>([round], way, wanted[index])));
  expect(rounds.length).toBeGreaterThanOrEqual(8);
}

scenario('a scaling that is killed at any of its changes is finished by the same command', (stack) =>
  scale(stack, 'killed'),
);

scenario('a scaling that loses the engine at any of its changes is finished by the same command', (stack) =>
  scale(stack, 'disconnected'),
);
