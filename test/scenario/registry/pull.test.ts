import { describe, expect } from 'vitest';
import { FlakyProxy, hasRegistry, Registry } from '../../support/registry.js';
import { scenario } from '../../support/scenario.js';
import { TestImages } from '../../support/test-images.js';

/** Progress in an order of its own: images come when they come. */
function linesOf(stderr: string, host: string): string[] {
  const lines = stderr.replaceAll(host, 'REG').split('\n');
  return lines.filter((line) => line.startsWith(' Image') && !/Downloading|Extracting/.test(line)).sort();
}

describe.skipIf(!hasRegistry)('pull', () => {
  scenario('an image that is missing stops no other, and is the error in the end', async (stack) => {
    await using registry = await Registry.start();
    await using images = new TestImages(stack.engine);
    const { host } = registry;
    await images.publish(`${host}/${stack.project}/a:1`, 'a');
    await images.publish(`${host}/${stack.project}/b:1`, 'b');
    await stack.write('Dockerfile', 'FROM busybox:latest\n');
    await stack.compose(`
services:
  a: { image: "${host}/${stack.project}/a:1" }
  again: { image: "${host}/${stack.project}/a:1" }
  b: { image: "${host}/${stack.project}/b:1" }
  missing: { image: "${host}/${stack.project}/missing:1" }
  built: { image: "${host}/${stack.project}/built:1", build: . }
  unnamed: { build: . }
`);
    const { exitCode, stdout, stderr } = await stack.run('pull');
    expect({
      exitCode,
      stdout,
      lines: linesOf(stderr, host).map((line) =>
        // With images of containerd, engines say the same in fewer words.
        line.replace(/Pulled.*/, 'Pulled').replace(/(?:manifest for )?(\S+?):? not found.*/, '$1 not found'),
      ),
      advice: stderr.includes('must be built from source by running:\n    tscompose build built'),
      error: stderr
        .replaceAll(host, 'REG')
        .includes('engine/image-not-found   cannot pull image REG/app/missing:1'),
    }).toEqual({
      exitCode: 1,
      stdout: '',
      lines: [
        ' Image REG/app/a:1  Pulled',
        ' Image REG/app/a:1  Pulling  not found locally',
        ' Image REG/app/b:1  Pulled',
        ' Image REG/app/b:1  Pulling  not found locally',
        ` Image REG/app/built:1  Error  cannot pull image REG/app/built:1: REG/app/built:1 not found`,
        ' Image REG/app/built:1  Pulling  not found locally',
        ` Image REG/app/missing:1  Error  cannot pull image REG/app/missing:1: REG/app/missing:1 not found`,
        ' Image REG/app/missing:1  Pulling  not found locally',
        ' Image app-unnamed  Skipped  it is built, and the files give it no name',
      ],
      advice: true,
      error: true,
    });
  });

  scenario('flags choose what is pulled, and whether failures count', async (stack) => {
    await using registry = await Registry.start();
    await using images = new TestImages(stack.engine);
    const { host } = registry;
    const name = (image: string) => `${host}/${stack.project}/${image}`;
    await images.publish(name('a:1'), 'a');
    await images.publish(name('b:1'), 'b');
    await stack.compose(`
services:
  a: { image: "${name('a:1')}", depends_on: [b] }
  b: { image: "${name('b:1')}" }
  missing: { image: "${name('missing:1')}" }
`);
    const pulledBy = async (...args: string[]) => {
      await stack.engine.images.remove(name('a:1'));
      await stack.engine.images.remove(name('b:1'));
      const { exitCode, stderr } = await stack.run(...args);
      const here = [await images.isHere(name('a:1')), await images.isHere(name('b:1'))];
      return { exitCode, here, lines: stderr.split('\n').length - 1 };
    };
    expect({
      alone: await pulledBy('pull', 'a', '-q'),
      withDependencies: await pulledBy('pull', '--include-deps', '-q', 'a'),
      ignored: await pulledBy('pull', '--ignore-pull-failures', '-q'),
      dryRun: await pulledBy('pull', '--dry-run'),
    }).toEqual({
      alone: { exitCode: 0, here: [true, false], lines: 0 },
      withDependencies: { exitCode: 0, here: [true, true], lines: 0 },
      ignored: { exitCode: 0, here: [true, true], lines: 1 },
      dryRun: { exitCode: 0, here: [false, false], lines: 0 },
    });
  });

  scenario('with --policy missing only what is not here is asked for', async (stack) => {
    await using registry = await Registry.start();
    await using images = new TestImages(stack.engine);
    const name = `${registry.host}/${stack.project}/a:1`;
    await images.publish(name, 'a');
    await stack.compose(`services: { a: { image: "${name}" } }`);
    const first = linesOf((await stack.run('pull', '--policy', 'missing')).stderr, registry.host);
    const second = linesOf((await stack.run('pull', '--policy', 'missing')).stderr, registry.host);
    const third = linesOf((await stack.run('pull')).stderr, registry.host);
    expect([first.length, second, third]).toEqual([
      2,
      [' Image REG/app/a:1  Skipped  it is here already'],
      [' Image REG/app/a:1  Pulled  up to date', ' Image REG/app/a:1  Pulling'],
    ]);
  });

  scenario(
    'from a registry that fails three times in ten, all images come in the end',
    async (stack) => {
      await using registry = await Registry.start();
      await using proxy = await FlakyProxy.start(registry, 30);
      await using images = new TestImages(stack.engine);
      const numbers = Array.from({ length: 8 }, (_, index) => index + 1);
      for (const number of numbers) {
        await images.publish(`${registry.host}/${stack.project}/flaky:${number}`, String(number));
        images.expect(`${proxy.host}/${stack.project}/flaky:${number}`);
      }
      const services = numbers.map(
        (number) => `  s${number}: { image: "${proxy.host}/${stack.project}/flaky:${number}" }`,
      );
      await stack.compose(`services:\n${services.join('\n')}\n`);
      const { exitCode, stderr } = await stack.run('pull');
      const told = stderr.split('\n').filter((line) => /Retrying {2}attempt \d+ in \d+\.\d s: \S/.test(line));
      expect({
        exitCode,
        pulled: linesOf(stderr, proxy.host).filter((line) => line.includes('Pulled')).length,
        hasFailed: proxy.failures > 0,
        hasRetried: told.length > 0,
      }).toEqual({ exitCode: 0, pulled: 8, hasFailed: true, hasRetried: true });
    },
    { limitMs: 180_000 },
  );

  scenario('a registry that is not there is named within seconds, and not asked again', async (stack) => {
    await stack.compose('services: { web: { image: "127.0.0.1:1/nobody/nothing:1" } }');
    const startedAtMs = performance.now();
    const { exitCode, stderr } = await stack.run('pull');
    expect({
      exitCode,
      isQuick: performance.now() - startedAtMs < 5000,
      retries: stderr.includes('Retrying'),
      hint: /hint: .*/.exec(stderr)?.[0],
      code: stderr.includes('compose.yaml:1:27  engine/registry-unreachable'),
    }).toEqual({
      exitCode: 1,
      isQuick: true,
      retries: false,
      hint: 'hint: the registry 127.0.0.1:1 cannot be reached from the engine; build or load the image, or check the network',
      code: true,
    });
  });
});
