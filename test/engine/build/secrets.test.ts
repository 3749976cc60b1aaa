import { afterAll, beforeAll, expect, test } from 'vitest';
import { novelty } from '../../support/build-request.js';
import { RealBuilder } from '../../support/real-builder.js';

let builder: RealBuilder;
beforeAll(async () => {
  builder = await RealBuilder.connect();
});
afterAll(() => builder.close());

const mount = '--mount=type=secret,id=token';

test('a secret is there for the RUN that mounts it', async () => {
  const dockerfile = ['FROM busybox', `RUN ${mount} tr a-z A-Z < /run/secrets/token # ${novelty()}`];
  const { output } = await builder.build({ dockerfile, secrets: { token: 'abc' } });
  expect(output).toBe('ABC');
});

test('a secret that nobody has leaves no file', async () => {
  const dockerfile = ['FROM busybox', `RUN ${mount} ls /run/secrets/token || echo none # ${novelty()}`];
  const { output } = await builder.build({ dockerfile, secrets: { other: 'abc' } });
  expect(output).toContain('none\n');
});

test('a secret that is required and missing fails the build', async () => {
  const dockerfile = ['FROM busybox', `RUN ${mount},required true # ${novelty()}`];
  const { kind, message } = await builder.failureOf({ dockerfile });
  expect([kind, message]).toEqual(['build-failed', expect.stringContaining('token')]);
});

test('a secret is neither in the image nor in what is told of the build', async () => {
  const value = novelty();
  const dockerfile = ['FROM busybox', `RUN ${mount} wc -c /run/secrets/token # ${novelty()}`];
  const name = `secret-${novelty()}`;
  const { progress } = await builder.build({
    dockerfile,
    secrets: { token: value },
    build: { names: [name] },
  });
  const image = await builder.engine.findImage(name);
  await builder.engine.images.remove(name);
  const told = JSON.stringify([progress, image], (_, each: unknown) =>
    each instanceof Uint8Array ? Buffer.from(each).toString() : each instanceof Map ? [...each] : each,
  );
  expect(told).not.toContain(value);
});

test('another value of a secret does not build anew', async () => {
  const dockerfile = ['FROM busybox', `RUN ${mount} cat /run/secrets/token # ${novelty()}`];
  await builder.build({ dockerfile, secrets: { token: 'one' } });
  const { output } = await builder.build({ dockerfile, secrets: { token: 'two' } });
  expect(output).toBe('');
});
