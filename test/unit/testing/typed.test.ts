import { expect, test } from 'vitest';
import { defineCompose } from '../../../src/define/define-compose.js';
import { createMemoryEngine, testEnv } from '../../../src/testing/index.js';

const options = { cwd: import.meta.dirname, engine: createMemoryEngine({ images: ['busybox'] }) };

test('what defineCompose gives is brought up, and has its services in its type', async () => {
  const definition = defineCompose({
    services: {
      web: { image: 'busybox', depends_on: ['db'] },
      db: { image: 'busybox', ports: ['5432:5432'] },
    },
  });
  await using env = await testEnv(definition, options);
  const { port } = await env.service('db').endpoint(5432);
  // @ts-expect-error: there is no such service.
  expect(() => env.service('bd')).toThrow();
  expect(port).toBeGreaterThanOrEqual(10_000);
});

test('a function that defineCompose gives knows the instance and the variables', async () => {
  const definition = defineCompose(({ instance, env }) => ({
    services: { web: { image: 'busybox', environment: { INSTANCE: instance ?? '', PATH: env.PATH ?? '' } } },
  }));
  await using env = await testEnv(definition, options);
  const { environment } = env.project.model.services.get('web') ?? {};
  expect(Object.fromEntries(environment ?? [])).toEqual({
    INSTANCE: env.name.split('--').at(-1),
    PATH: process.env.PATH,
  });
});

test('a definition may be written where it is used', async () => {
  await using env = await testEnv(
    { services: { web: { image: 'busybox', volumes: ['data:/data'] } }, volumes: { data: {} } },
    options,
  );
  expect((await env.service('web').containers()).map(({ state }) => state)).toEqual(['running']);
});
