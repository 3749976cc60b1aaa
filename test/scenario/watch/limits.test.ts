import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';
import { stateOf } from '../../support/keeper.js';
import { scenario } from '../../support/scenario.js';
import { cliFile, foreignEnvironment } from '../../support/scenario-cli.js';
import type { Stack } from '../../support/scenario-stack.js';
import { server } from '../../support/watcher.js';

/** The CLI where the system allows only so many watches: limits of a user namespace count for nobody else. */
function watchWith(stack: Stack, limit: `${'watches' | 'instances'}=${number}`) {
  const [what, count] = limit.split('=');
  const line = `echo ${count} > /proc/sys/user/max_inotify_${what}; exec "$@"`;
  const argv = ['-U', '-r', 'sh', '-c', line, 'sh', process.execPath, cliFile, 'watch', '--no-up'];
  const env = { ...foreignEnvironment(), ...stateOf(stack), COMPOSE_PROJECT_NAME: stack.project };
  const { status, stderr } = spawnSync('unshare', argv, { cwd: stack.folder, env, encoding: 'utf8' });
  return { status, stderr: stderr.replaceAll(stack.folder, '.').split('\n') };
}

scenario('when the system allows no more watches, the setting that would is named', async (stack) => {
  await stack.compose(
    `{services: {web: {${server}, develop: {watch: [{action: sync, path: ./www, target: /www}]}}}}`,
  );
  await stack.write('www/a/b/c/index.html', 'one');
  const few = watchWith(stack, 'watches=3');
  expect(few.status).toBe(1);
  expect(few.stderr).toContain(
    'watch/limit   cannot watch ./www/a/b: the system allows no more directories to be watched',
  );
  expect(few.stderr.join()).toContain('sudo sysctl fs.inotify.max_user_watches=');
  const none = watchWith(stack, 'instances=0');
  expect(none.status).toBe(1);
  expect(none.stderr.join()).toContain('sudo sysctl fs.inotify.max_user_instances=');
});
