import { shows, watcherOf } from '../../support/watcher.js';
import type { StackFixture } from './stack-fixtures.js';

const rule = (...keys: string[]) => keys.map((key) => `services.*.develop.watch[].${key}`);

/** Keys whose effect is seen only when a file changes. */
export const watchFixtures: readonly StackFixture[] = [
  {
    keys: [
      ...['services.*.develop', 'services.*.develop.watch'],
      ...rule('path', 'action', 'target', 'ignore', 'include', 'initial_sync'),
    ],
    files: {
      'compose.yaml': `services:
  web:
    image: busybox
    command: sleep 600
    init: true
    develop:
      watch:
        - {path: ./src, action: sync, target: /app, ignore: [b], include: [a, b, c], initial_sync: true}
`,
      'src/c': 'first',
    },
    see: async (stack) => {
      await watcherOf(stack);
      for (const name of ['b', 'd', 'a']) await stack.write(`src/${name}`, name);
      await shows(stack, 'web', ['sh', '-c', 'cd /app && grep . *'], 'a:a\nc:first');
      return 'what is included and not ignored';
    },
    expected: 'what is included and not ignored',
  },
  {
    keys: rule(
      'exec',
      'exec.command',
      'exec.user',
      'exec.privileged',
      'exec.working_dir',
      'exec.environment',
    ),
    files: {
      'compose.yaml': `services:
  web:
    image: busybox
    command: sleep 600
    init: true
    develop:
      watch:
        - path: ./file
          action: sync+exec
          target: /file
          exec:
            command: [sh, -c, 'echo "$$(id -u) $$(pwd) $$MODE"; grep CapBnd /proc/self/status > /tmp/caps']
            user: "0"
            privileged: true
            working_dir: /tmp
            environment: {MODE: one}
`,
      file: 'one',
    },
    see: async (stack) => {
      const watcher = await watcherOf(stack);
      await stack.write('file', 'two');
      await watcher.says('0 /tmp one');
      const limited = await stack.must('exec', '-T', 'web', 'grep', 'CapBnd', '/proc/self/status');
      return (await stack.must('exec', '-T', 'web', 'cat', '/tmp/caps')) === limited;
    },
    expected: false,
  },
];
