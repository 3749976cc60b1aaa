import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { hasRegistry, Registry } from '../../support/registry.js';
import { scenario } from '../../support/scenario.js';
import { type Stack, touched } from '../../support/scenario-stack.js';
import { TestImages } from '../../support/test-images.js';

interface Locked {
  readonly registry: Registry;
  readonly images: TestImages;
  /** An image of this registry and test. */
  readonly name: (tag: string) => string;
  /** Without what differs from run to run. */
  readonly plain: (text: string) => string;
}

/** A project with a tag that means `one`, which only the registry has. */
async function withTag(stack: Stack, body: (world: Locked) => Promise<void>): Promise<void> {
  await using registry = await Registry.start();
  await using images = new TestImages(stack.engine);
  const name = (tag: string) => `${registry.host}/${stack.project}/web:${tag}`;
  await images.publish(name('1'), 'one');
  await stack.compose(`
services:
  web: { image: "${name('1')}", command: sleep 600, init: true }
`);
  const plain = (text: string) =>
    text
      .replaceAll(registry.host, 'REG')
      .replace(/sha256:[0-9a-f]+/g, 'DIGEST')
      .replaceAll(`${stack.folder}/`, '');
  await body({ registry, images, name, plain });
}

const contentOf = (stack: Stack) => stack.must('exec', '-T', 'web', 'cat', '/content');

describe.skipIf(!hasRegistry)('what is locked', () => {
  scenario(
    'runs though its tag means something else by now, until the lock is updated',
    async (stack) => {
      await withTag(stack, async ({ images, name, plain }) => {
        const locked = plain(await stack.must('lock'));
        await images.publish(name('1'), 'two');
        await stack.up('--locked');
        const before = await contentOf(stack);
        const again = await stack.run('up', '-d', '--locked');
        const update = plain(await stack.must('lock', 'update'));
        const planned = plain((await stack.run('plan', '--locked')).stdout)
          .split('\n')
          .map((line) => line.trim().replace(/ +/g, ' '))
          .slice(0, 3);
        await stack.up('--locked');
        expect({
          locked,
          before,
          again: again.stderr,
          update,
          planned,
          after: await contentOf(stack),
        }).toEqual({
          locked: '+ REG/app/web:1  DIGEST  (web)\ncompose.lock written: 1 image\n',
          before: 'one',
          again: ' Container app-web-1  Running\n',
          update: '~ REG/app/web:1  DIGEST → DIGEST  (web)\ncompose.lock written: 1 image\n',
          planned: [
            '#1 pull image REG/app/web:1@DIGEST not here',
            '#2 create container app-web-1 after 1 changed: image [recreate app-web-1]',
            'image: REG/app/web:1@DIGEST → REG/app/web:1@DIGEST (compose.yaml:3:17)',
          ],
          after: 'two',
        });
      });
    },
    { limitMs: 180_000 },
  );

  scenario(
    'is the same as what runs by its tag: nothing is recreated for a digest',
    async (stack) => {
      await withTag(stack, async () => {
        await stack.up();
        const before = await stack.runs();
        await stack.must('lock');
        await stack.up('--locked');
        const locked = touched(before, await stack.runs());
        await stack.up();
        expect([locked, touched(before, await stack.runs())]).toEqual([[], []]);
      });
    },
    { limitMs: 180_000 },
  );

  scenario(
    'and differs from the files is refused before anything is touched',
    async (stack) => {
      await withTag(stack, async ({ name, plain }) => {
        await stack.must('lock');
        await stack.compose(`services:\n  web: { image: "${name('2')}", command: sleep 600 }\n`);
        const outcomes: Record<string, unknown> = {};
        for (const words of [['up', '-d'], ['create'], ['run', 'web'], ['pull'], ['plan'], ['config']]) {
          const [command = '', ...rest] = words;
          const { exitCode, stderr } = await stack.run(command, '--locked', ...rest);
          outcomes[command] = [exitCode, plain(stderr).split('\n')[0]];
        }
        const refusal = [
          1,
          'compose.yaml:2:17  lock/outdated   service "web": image is REG/app/web:2, and compose.lock has REG/app/web:1',
        ];
        const check = await stack.run('lock', '--check');
        expect({ outcomes, check: check.exitCode, resources: await stack.resources() }).toEqual({
          outcomes: {
            up: refusal,
            create: refusal,
            run: refusal,
            pull: refusal,
            plan: refusal,
            config: refusal,
          },
          check: 2,
          resources: [],
        });
      });
    },
    { limitMs: 180_000 },
  );

  scenario(
    'is the same text whenever it is locked, and is up to date then',
    async (stack) => {
      await withTag(stack, async () => {
        await stack.must('lock');
        const read = () => readFile(join(stack.folder, 'compose.lock'), 'utf8');
        const first = await read();
        await stack.must('lock', 'update');
        const checks = [await stack.run('lock', '--check'), await stack.run('lock', 'update', '--check')];
        expect([await read(), ...checks.map(({ exitCode }) => exitCode)]).toEqual([first, 0, 0]);
      });
    },
    { limitMs: 180_000 },
  );
});
