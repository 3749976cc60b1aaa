import { expect } from 'vitest';
import { scenario } from '../../support/scenario.js';
import { builtTesting, namesOf } from '../../support/test-runner.js';

const compose = `
services:
  web:
    image: busybox
    container_name: the-web
    command: httpd -f -p 80 -h /etc
    init: true
    ports: ["8080:80"]
    volumes: ["data:/data"]
volumes: { data: { name: the-data } }
`;

scenario(
  'ten stacks of one file run at once, each at an address of its own',
  async (stack) => {
    const { testEnv } = await builtTesting();
    await stack.compose(compose);
    const envs = await Promise.all(
      Array.from({ length: 10 }, () => testEnv('compose.yaml', { cwd: stack.folder })),
    );
    const pages = await Promise.all(
      envs.map(async (env) => {
        const address = (await env.service('web').endpoint(80)).url();
        return [address, (await fetch(`${address}/hostname`)).ok];
      }),
    );
    await Promise.all(envs.map((env) => env.dispose()));
    const left = await Promise.all(envs.map(({ name }) => namesOf(stack, name)));
    expect([new Set(pages.map(String)).size, pages.every(([, isOk]) => isOk), left.flat()]).toEqual([
      10,
      true,
      [],
    ]);
  },
  { limitMs: 120_000 },
);

scenario(
  'ten stacks after each other leave neither handles nor listeners',
  async (stack) => {
    const { testEnv } = await builtTesting();
    await stack.compose('services: { web: { image: busybox, command: sleep 600, ports: ["8080:80"] } }');
    const upAndDown = async () => {
      await using env = await testEnv('compose.yaml', { cwd: stack.folder });
      await env.service('web').endpoint(80);
    };
    const held = async () => {
      // Handles that were closed are let go of when the loop comes round.
      await new Promise((resolve) => setImmediate(resolve));
      const listeners = process.eventNames().map((name) => process.listenerCount(name));
      const resources = process
        .getActiveResourcesInfo()
        .filter((name) => !name.startsWith('FS'))
        .sort();
      return { resources, listeners: listeners.reduce((sum, count) => sum + count, 0) };
    };
    await upAndDown();
    const before = await held();
    for (let round = 0; round < 10; round += 1) await upAndDown();
    expect(await held()).toEqual(before);
  },
  { limitMs: 120_000 },
);
