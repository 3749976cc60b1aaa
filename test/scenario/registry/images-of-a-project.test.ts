import { describe, expect } from 'vitest';
import { hasRegistry, Registry } from '../../support/registry.js';
import { scenario } from '../../support/scenario.js';
import { TestImages } from '../../support/test-images.js';

describe.skipIf(!hasRegistry)('images of a project', () => {
  scenario(
    'from a build over containers and a commit to a registry and back',
    async (stack) => {
      await using registry = await Registry.start();
      await using images = new TestImages(stack.engine);
      const name = (tag: string) => `${registry.host}/${stack.project}/web:${tag}`;
      images.expect(name('1'), name('2'), name('3'));
      await stack.write('greeting', 'from the image\n');
      await stack.write('Dockerfile', 'FROM busybox:latest\nCOPY greeting /greeting\n');
      await stack.compose(`
services:
  web:
    image: "${name('1')}"
    build: { context: ., tags: ["${name('2')}"] }
    command: sleep 600
    init: true
    scale: 3
`);
      const say = (index: number) =>
        stack.must('exec', '-T', '--index', String(index), 'web', 'cat', '/greeting');
      const idOf = async (tag: string) => (await stack.engine.findImage(name(tag)))?.id;

      // Built under two names; three containers from one image.
      await stack.must('build');
      await stack.up();
      const built = { isOneImage: (await idOf('1')) === (await idOf('2')), states: await stack.states() };

      // A file changes in one container: neither the image nor the others have it.
      await stack.must('exec', '-T', '--index', '2', 'web', 'sh', '-c', 'echo changed > /greeting');
      const said = [
        await say(1),
        await say(2),
        await stack.must('run', '--rm', '-T', 'web', 'cat', '/greeting'),
      ];

      // What is committed has it, and only what is committed.
      const before = await idOf('1');
      await stack.must('commit', '--index', '2', '-m', 'a change', '-a', 'somebody', 'web', name('3'));
      const committed = { isNew: (await idOf('3')) !== before, isOldAsBefore: (await idOf('1')) === before };

      // Pushed, removed here, and pulled by the next up; the one after it pulls nothing.
      await stack.must('push');
      await stack.engine.images.push(name('3'), {});
      await stack.must('down', '--rmi', 'all');
      await stack.engine.images.remove(name('2'));
      await stack.engine.images.remove(name('3'));
      await stack.compose(`
services:
  web: { image: "${name('3')}", command: sleep 600, init: true }
`);
      const first = await stack.run('up', '-d');
      const second = await stack.run('up', '-d');
      const lines = ({ stderr }: { stderr: string }) =>
        stderr
          .replaceAll(registry.host, 'REG')
          .split('\n')
          .filter((line) => /Pull|Running/.test(line));
      expect({
        ...{ built, said, committed, pulledBack: await say(1) },
        first: lines(first).map((line) => line.replace(/Pulled {2}.*/, 'Pulled')),
        second: lines(second),
      }).toEqual({
        built: {
          isOneImage: true,
          states: { 'web-1': 'running', 'web-2': 'running', 'web-3': 'running' },
        },
        said: ['from the image\n', 'changed\n', 'from the image\n'],
        committed: { isNew: true, isOldAsBefore: true },
        pulledBack: 'changed\n',
        first: [' Image REG/app/web:3  Pulling  not found locally', ' Image REG/app/web:3  Pulled'],
        second: [' Container app-web-1  Running'],
      });
    },
    { limitMs: 180_000 },
  );
});
