import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { touched } from '../../support/scenario-stack.js';

const workers = (scale: number) => `
services:
  worker: { image: "busybox:latest", command: sleep 600, init: true, scale: ${scale} }
`;

scenario('scaling down removes the highest numbers, scaling up goes on after the highest', async (stack) => {
  await stack.compose(workers(3));
  await stack.up();
  const three = await stack.runs();
  const { id } = await stack.container('worker-1');
  await stack.engine.removeContainer(id, { anonymousVolumes: 'keep' });
  await stack.compose(workers(1));
  await stack.up();
  const one = await stack.runs();
  await stack.up('--scale', 'worker=2');
  const two = await stack.runs();
  expect({
    three: Object.keys(three),
    one: Object.keys(one),
    two: Object.keys(two),
    keptThroughout: touched({ 'worker-2': three['worker-2'] ?? { id: '', startedAtMs: 0 } }, one),
  }).toEqual({
    three: ['worker-1', 'worker-2', 'worker-3'],
    one: ['worker-2'],
    two: ['worker-2', 'worker-3'],
    keptThroughout: [],
  });
});
