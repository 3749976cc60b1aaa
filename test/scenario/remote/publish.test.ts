import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { account, hasRegistry, Registry } from '../../support/registry.js';
import { scenario } from '../../support/scenario.js';
import type { Stack } from '../../support/scenario-stack.js';

/** We speak with the registry ourselves here, so that it must be where we are. */
const canPublish = hasRegistry && process.env.TSCOMPOSE_TEST_NETNS === undefined;

/** Runs with a cache of its own, and gives what came of it without what differs from run to run. */
async function run(stack: Stack, registry: Registry, args: readonly string[], input = '', env = {}) {
  const own = { XDG_CACHE_HOME: join(stack.folder, 'cache'), ...env };
  const { exitCode, stdout, stderr } = await stack.start(args, own, input).outcome;
  const plain = (text: string) =>
    text.replaceAll(registry.host, 'REG').replace(/[^\s"]*\/tscompose\/remote\/\S*\/(?=[^/\s"]+)/g, 'CACHE/');
  return { exitCode, stdout: plain(stdout), stderr: plain(stderr) };
}

const project = `
services:
  web:
    image: busybox
    command: sh -c 'echo "$$GREETING $$OWN"; sleep 600'
    init: true
    env_file: web.env
    extends: { file: base.yaml, service: base }
`;

async function publishedProject(stack: Stack, registry: Registry): Promise<string> {
  const name = `${registry.host}/team/stack:1`;
  await stack.compose(project);
  await stack.write('web.env', 'OWN=from-the-env-file\n');
  await stack.write('base.yaml', 'services: { base: { environment: { GREETING: "${GREETING:-hello}" } } }\n');
  const { exitCode, stderr } = await run(stack, registry, ['publish', '--with-env', '-y', name]);
  if (exitCode !== 0) throw new Error(stderr);
  return `oci://${name}`;
}

describe.skipIf(!canPublish)('a project that is published', () => {
  scenario(
    'runs from its registry, after a question about its variables',
    async (stack) => {
      await using registry = await Registry.start();
      const reference = await publishedProject(stack, registry);
      const args = ['--allow-remote', '-f', reference];
      const refused = await run(stack, registry, [...args, 'up', '-d'], 'n\n');
      const started = await run(stack, registry, [...args, 'up', '-d'], 'y\n', { GREETING: 'good day' });
      await stack.eventually('the line is there', async () => (await stack.linesOf('web')).length > 0);
      const said = await stack.linesOf('web');
      const ended = await run(stack, registry, [...args, 'down', '-t', '0']);
      expect({ refused, started, said, ended: ended.exitCode, left: await stack.resources() }).toEqual({
        refused: {
          exitCode: 1,
          stdout: `Your compose stack "oci://REG/team/stack:1" is stored in "CACHE/stack"

Found the following variables in configuration:
VARIABLE   VALUE     SOURCE         REQUIRED   DEFAULT
GREETING   hello     compose file   no         hello

Do you want to proceed with these variables? [Y/n]: `,
          stderr: 'cancelled   operation cancelled by user\n',
        },
        started: {
          exitCode: 0,
          stdout: expect.stringContaining('good day'),
          stderr: expect.stringMatching(
            /^ Network app_default {2}Created\n Container app-web-1 {2}Created\n Container app-web-1 {2}Started\nDone in /,
          ),
        },
        said: ['good day from-the-env-file'],
        ended: 0,
        left: [],
      });
    },
    { limitMs: 180_000 },
  );

  scenario(
    'is run only by those who allow files of elsewhere',
    async (stack) => {
      await using registry = await Registry.start();
      const reference = await publishedProject(stack, registry);
      const { exitCode, stderr } = await run(stack, registry, ['-f', reference, 'config', '-q']);
      const allowed = await run(stack, registry, ['-f', reference, 'config', '-q'], '', {
        TSCOMPOSE_ALLOW_REMOTE: '1',
      });
      await stack.write('.env', 'TSCOMPOSE_ALLOW_REMOTE=1\nCOMPOSE_PROJECT_NAME=x\n');
      const byFile = await run(stack, registry, ['-f', reference, 'config', '-q']);
      expect([exitCode, stderr.split('\n')[0], allowed.exitCode, byFile.exitCode]).toEqual([
        1,
        'config/remote   oci://REG/team/stack:1 is not a local file, and remote files are not fetched',
        0,
        1,
      ]);
    },
    { limitMs: 180_000 },
  );

  scenario(
    'in a newer version updates what runs of the older one',
    async (stack) => {
      await using registry = await Registry.start();
      const reference = await publishedProject(stack, registry);
      const up = ['--allow-remote', '-f', reference, 'up', '-d', '-y'];
      await run(stack, registry, up);
      await stack.compose(project.replace('image: busybox', 'image: busybox\n    labels: { version: "2" }'));
      const published = await run(stack, registry, [
        'publish',
        '--with-env',
        '-y',
        reference.replace('oci://', ''),
      ]);
      const { exitCode, stderr } = await run(stack, registry, up);
      expect([published.exitCode, exitCode, stderr]).toEqual([
        0,
        0,
        ' Container app-web-1  Recreated\n Container app-web-1  Started\n',
      ]);
    },
    { limitMs: 180_000 },
  );

  scenario(
    'gets what it wants of this host after a yes, for which it asks once for each version',
    async (stack) => {
      await using registry = await Registry.start();
      await stack.compose(`${project}    volumes: ["/etc/hostname:/hostname:ro"]\n`);
      await stack.write('web.env', '');
      await stack.write('base.yaml', 'services: { base: { environment: { A: b } } }\n');
      const name = `${registry.host}/team/stack:1`;
      await run(stack, registry, ['publish', '--with-env', '-y', name]);
      const args = ['--allow-remote', '-f', `oci://${name}`];
      const outcomes = [
        await run(stack, registry, [...args, 'ps', '-q']),
        await run(stack, registry, [...args, 'create'], 'n\n'),
        await run(stack, registry, [...args, 'create'], 'y\n'),
        await run(stack, registry, [...args, 'create'], ''),
        await run(stack, registry, [...args, 'ps', '-q']),
        await run(stack, registry, [...args, 'down']),
      ];
      const questions = outcomes.map(({ stdout }) =>
        stdout.includes('services.web.volumes[0].source: /etc/hostname'),
      );
      expect([outcomes.map(({ exitCode }) => exitCode), questions]).toEqual([
        [1, 1, 0, 0, 0, 0],
        [false, true, true, false, false, false],
      ]);
    },
    { limitMs: 180_000 },
  );

  scenario(
    'needs a login where its registry does, and says so',
    async (stack) => {
      await using registry = await Registry.start('login');
      await stack.compose('services: { web: { image: busybox } }');
      const auth = Buffer.from(`${account.user}:${account.password}`).toString('base64');
      await mkdir(join(stack.folder, 'client'));
      await writeFile(
        join(stack.folder, 'client', 'config.json'),
        JSON.stringify({ auths: { [registry.host]: { auth } } }),
      );
      const login = { DOCKER_CONFIG: join(stack.folder, 'client') };
      const nobody = { DOCKER_CONFIG: join(stack.folder, 'nobody') };
      const name = `${registry.host}/team/stack:1`;
      const fetch = ['--allow-remote', '-f', `oci://${name}`, 'config', '-q'];
      const outcomes = [
        await run(stack, registry, ['publish', '-y', name], '', nobody),
        await run(stack, registry, ['publish', '-y', name], '', login),
        await run(stack, registry, fetch, '', nobody),
        await run(stack, registry, fetch, '', login),
      ];
      const words = outcomes.map(({ stdout, stderr }) => stdout + stderr).join('');
      expect([
        outcomes.map(({ exitCode }) => exitCode),
        words.includes('docker login REG'),
        words.includes(account.password),
      ]).toEqual([[1, 0, 1, 0], true, false]);
    },
    { limitMs: 180_000 },
  );
});
