import { afterAll, beforeAll, expect, test } from 'vitest';
import { Consumer } from './consumer.mjs';

// What somebody has who has installed the package. `npm run test:consumer -- 22 24 26` does it with other Nodes.

let consumer: InstanceType<typeof Consumer>;
beforeAll(async () => {
  consumer = await Consumer.make();
});
afterAll(() => consumer?.remove());

test('the package brings nothing with it, and needs neither the network nor a script to be installed', async () => {
  expect(await consumer.packages()).toEqual(['tscompose']);
});

test.each(['nodenext', 'bundler'] as const)(
  'a strict program compiles with module resolution %s, our declarations too',
  async (resolution) => {
    expect(await consumer.compile(resolution)).toBe('');
  },
);

test.each(['esm.mjs', 'cjs.cjs'])(
  '%s brings stacks up and down without a docker command',
  async (program) => {
    expect(await consumer.run(program)).toBe('');
  },
);

test.each(['publint', 'attw'] as const)('%s has nothing to say against the package', async (linter) => {
  expect(await consumer.lint(linter)).toBe('');
});
