import { describe, expect } from 'vitest';
import { FlakyProxy, hasRegistry, Registry } from '../../support/registry.js';
import { scenario } from '../../support/scenario.js';
import { TestImages } from '../../support/test-images.js';

const withoutSize = (line: string) => line.replace(/Pushed {2}.*/, 'Pushed');

describe.skipIf(!hasRegistry)('push', () => {
  scenario('what is built goes out under all its names, and can be pulled by others', async (stack) => {
    await using registry = await Registry.start();
    await using images = new TestImages(stack.engine);
    const name = (image: string) => `${registry.host}/${stack.project}/${image}`;
    for (const image of ['web:1', 'db:1']) await images.make(name(image), image);
    await images.tag(name('web:1'), name('web:2'));
    await stack.write('Dockerfile', 'FROM busybox:latest\n');
    await stack.compose(`
services:
  plain: { image: "busybox:latest" }
  unnamed: { build: . }
  web:
    image: "${name('web:1')}"
    build: { context: ., tags: ["${name('web:2')}"] }
    depends_on: [db]
  db: { image: "${name('db:1')}", build: . }
`);
    const pushed = async (...args: string[]) => {
      const { exitCode, stdout, stderr } = await stack.run('push', ...args);
      const lines = stderr.replaceAll(registry.host, 'REG').split('\n');
      return {
        exitCode,
        stdout,
        lines: lines
          .filter((line) => /Pushed|Skipped/.test(line))
          .map(withoutSize)
          .sort(),
      };
    };
    const alone = await pushed('web');
    const all = await pushed('--include-deps', 'web', 'plain', 'unnamed');
    for (const image of ['web:1', 'web:2', 'db:1']) await stack.engine.images.remove(name(image));
    for (const image of ['web:1', 'web:2', 'db:1']) await stack.engine.pullImage(name(image), {});
    const web = [' Image REG/app/web:1  Pushed', ' Image REG/app/web:2  Pushed'];
    const plain = { exitCode: 0, stdout: '' };
    expect({ alone, all }).toEqual({
      alone: { ...plain, lines: web },
      all: {
        ...plain,
        lines: [
          ' Image REG/app/db:1  Pushed',
          ...web,
          ' Image app-unnamed  Skipped  it is built, and the files give it no name',
          ' Image busybox:latest  Skipped  it is not built here',
        ],
      },
    });
  });

  scenario('what is not here is the error in the end, unless failures are to be ignored', async (stack) => {
    await using registry = await Registry.start();
    await using images = new TestImages(stack.engine);
    const name = (image: string) => `${registry.host}/${stack.project}/${image}`;
    await images.make(name('here:1'), 'here');
    await stack.compose(`
services:
  gone: { image: "${name('gone:1')}", build: . }
  here: { image: "${name('here:1')}", build: . }
`);
    const strict = await stack.run('push');
    const ignoring = await stack.run('push', '--ignore-push-failures', '-q');
    await stack.engine.images.remove(name('here:1'));
    await stack.engine.pullImage(name('here:1'), {});
    expect({
      exitCodes: [strict.exitCode, ignoring.exitCode],
      error: strict.stderr.includes('engine/image-not-found   cannot push image'),
      hint: strict.stderr.includes('hint: build it first'),
      quiet: ignoring.stderr.split('\n').length - 1,
    }).toEqual({ exitCodes: [1, 0], error: true, hint: true, quiet: 1 });
  });

  scenario(
    'to a registry that fails three times in ten, all images go in the end',
    async (stack) => {
      await using registry = await Registry.start();
      await using proxy = await FlakyProxy.start(registry, 30);
      await using images = new TestImages(stack.engine);
      const names = ['a', 'b'].map((image) => `${proxy.host}/${stack.project}/${image}:1`);
      for (const name of names) await images.make(name, name);
      const services = names.map((name, index) => `  s${index}: { image: "${name}", build: . }`);
      await stack.compose(`services:\n${services.join('\n')}\n`);
      const { exitCode } = await stack.run('push');
      expect({ exitCode, hasFailed: proxy.failures > 0 }).toEqual({ exitCode: 0, hasFailed: true });
    },
    { limitMs: 180_000 },
  );
});
