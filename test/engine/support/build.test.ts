import { describe, expect, test } from 'vitest';
import { Stack } from '../../support/scenario-stack.js';
import { type BuildFixture, buildFixtures } from './build-fixtures.js';

/* The part of support.test.ts that is about building. */

async function seenOf(fixture: BuildFixture, stack: Stack): Promise<unknown> {
  const { build, dockerfile, top = '', files = {}, see } = fixture;
  const text = build.replaceAll('<project>', stack.project);
  await stack.compose(`services: {web: {build: ${text}, init: true}}\n${top}\n`);
  const base = dockerfile?.startsWith('AS ') ? 'FROM busybox ' : 'FROM busybox\n';
  await stack.write('Dockerfile', `${base}${dockerfile ?? ''}`);
  for (const [file, content] of Object.entries(files)) await stack.write(file, content);
  return see(stack);
}

describe('keys of builds', () => {
  test.each(buildFixtures)('$keys', async (fixture) => {
    const stack = await Stack.open();
    try {
      const { version } = await stack.engine.info();
      if (Number.parseInt(version, 10) < (fixture.engineSince ?? 0)) return;
      expect(await seenOf(fixture, stack)).toEqual(fixture.expected);
    } finally {
      await stack.close();
    }
  });
});
