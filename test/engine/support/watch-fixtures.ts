import { eventually } from '../../support/eventually.js';
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
    keys: rule('exec', 'exec.command', 'exec.user', 'exec.working_dir', 'exec.environment'),
    files: {
      'compose.yaml': withExec(
        `{command: [sh, -c, 'echo "$$(id -u) $$(pwd) $$MODE"'], user: "7", working_dir: /tmp, environment: {MODE: one}}`,
      ),
      file: 'one',
    },
    see: async (stack) => {
      const watcher = await watcherOf(stack);
      await stack.write('file', 'two');
      await watcher.says('7 /tmp one');
      return 'said';
    },
    expected: 'said',
  },
  {
    keys: rule('exec.privileged'),
    files: {
      'compose.yaml': withExec('{command: grep CapEff /proc/self/status, privileged: true}'),
      file: 'one',
    },
    // All that the engine itself has, which need not be every one; or that root may not give them away, as on 20.10.
    see: async (stack) => {
      const watcher = await watcherOf(stack);
      await stack.write('file', 'two');
      return eventually(async () => /CapEff:\s+0*1ff[0-9a-f]+\n|126/.test(watcher.written()) || undefined);
    },
    expected: true,
  },
];

function withExec(exec: string): string {
  const rule = `{path: ./file, action: sync+exec, target: /file, exec: ${exec}}`;
  return `{services: {web: {image: busybox, command: sleep 600, init: true, develop: {watch: [${rule}]}}}}`;
}
