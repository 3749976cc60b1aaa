import { describe, expect } from 'vitest';
import { hasRegistry, Registry } from '../../support/registry.js';
import { scenario } from '../../support/scenario.js';
import { TestImages } from '../../support/test-images.js';

describe.skipIf(!hasRegistry)('build --push', () => {
  scenario('pushes what has a name of its own under all its names, and nothing else', async (stack) => {
    await using registry = await Registry.start();
    await using images = new TestImages(stack.engine);
    const name = (tag: string) => `${registry.host}/${stack.project}/web:${tag}`;
    images.expect(name('1'), name('2'));
    await stack.compose(`
services:
  web: { image: "${name('1')}", build: { context: ., tags: ["${name('2')}"] } }
  local: { build: . }
`);
    await stack.write('Dockerfile', 'FROM busybox:latest\nRUN echo pushed > /file\n');
    const { exitCode, stderr } = await stack.run('build', '--push');
    await Promise.all([name('1'), name('2')].map((each) => stack.engine.images.remove(each)));
    const digests = await Promise.all([name('1'), name('2')].map((each) => stack.engine.resolveDigest(each)));
    expect({ exitCode, isOne: new Set(digests).size === 1, stderr }).toEqual({
      exitCode: 0,
      isOne: true,
      stderr: expect.stringContaining(' Image app-local  Built\n'),
    });
  });
});
