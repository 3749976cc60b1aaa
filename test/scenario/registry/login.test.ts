import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { account, hasRegistry, Registry } from '../../support/registry.js';
import { scenario } from '../../support/scenario.js';
import type { Outcome, Stack } from '../../support/scenario-stack.js';
import { TestImages } from '../../support/test-images.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Environment in which the docker client's files are these. */
async function clientFiles(stack: Stack, config: unknown, helper?: string): Promise<Record<string, string>> {
  const dir = join(stack.folder, 'client');
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'config.json'), JSON.stringify(config));
  if (helper !== undefined) {
    await writeFile(join(dir, 'docker-credential-test'), `#!/bin/sh\n${helper}\n`);
    await chmod(join(dir, 'docker-credential-test'), 0o755);
  }
  return { DOCKER_CONFIG: dir, PATH: `${dir}:${process.env.PATH}` };
}

const inFile = (host: string, password = account.password) => ({
  auths: { [host]: { auth: base64(`${account.user}:${password}`) } },
});

/** A private image that only the registry has, and a project that pulls and pushes it. */
async function privateImage(stack: Stack, registry: Registry, images: TestImages): Promise<string> {
  const name = `${registry.host}/${stack.project}/private:1`;
  await stack.write('Dockerfile', 'FROM busybox:latest\n');
  await stack.compose(`services: { web: { image: "${name}", build: . } }`);
  await images.make(name, 'private');
  const env = await clientFiles(stack, inFile(registry.host));
  const { exitCode, stderr } = await stack.start(['push'], env).outcome;
  if (exitCode !== 0) throw new Error(stderr);
  await stack.engine.images.remove(name);
  return name;
}

describe.skipIf(!hasRegistry)('a registry with a login', () => {
  scenario('gives nothing without one, and the hint says how to log in', async (stack) => {
    await using registry = await Registry.start('login');
    await using images = new TestImages(stack.engine);
    await privateImage(stack, registry, images);
    const env = await clientFiles(stack, {});
    const { exitCode, stderr } = await stack.start(['pull'], env).outcome;
    expect({
      exitCode,
      code: /engine\/[a-z-]+/.exec(stderr)?.[0],
      hint: /hint: .*/.exec(stderr.replaceAll(registry.host, 'REG'))?.[0],
      retries: stderr.includes('Retrying'),
    }).toEqual({
      exitCode: 1,
      code: 'engine/registry-denied',
      hint: 'hint: log in with `docker login REG`, and check that this user may have this image',
      retries: false,
    });
  });

  scenario('is used with what config.json has, or a helper, or an identity of the CI job', async (stack) => {
    await using registry = await Registry.start('login');
    await using images = new TestImages(stack.engine);
    const name = await privateImage(stack, registry, images);
    const secret = JSON.stringify({ Username: account.user, Secret: account.password });
    const pulls = async (env: Readonly<Record<string, string>>) => {
      const { exitCode } = await stack.start(['pull', '-q'], env).outcome;
      await stack.engine.images.remove(name);
      return exitCode;
    };
    const helper = `read -r server; [ "$1 $server" = "get ${registry.host}" ] && echo '${secret}'`;
    expect([
      await pulls(await clientFiles(stack, inFile(registry.host))),
      await pulls(await clientFiles(stack, { credsStore: 'test' }, helper)),
      await pulls(await clientFiles(stack, { credHelpers: { [registry.host]: 'test' } }, helper)),
      await pulls({
        ...(await clientFiles(stack, {})),
        DOCKER_AUTH_CONFIG: JSON.stringify(inFile(registry.host)),
      }),
    ]).toEqual([0, 0, 0, 0]);
  });

  scenario('a helper that is missing is told, and public images come all the same', async (stack) => {
    await using registry = await Registry.start();
    await using images = new TestImages(stack.engine);
    const name = `${registry.host}/${stack.project}/public:1`;
    await images.publish(name, 'public');
    await stack.compose(`services: { web: { image: "${name}" } }`);
    const env = await clientFiles(stack, { credsStore: 'gone' });
    const { exitCode, stderr } = await stack.start(['pull'], env).outcome;
    expect([exitCode, stderr.split('\n')[1]?.replace(registry.host, 'REG')]).toEqual([
      0,
      'warning  the credential helper docker-credential-gone is not in PATH: REG is asked without credentials; install it, or take it out of config.json',
    ]);
  });

  scenario(
    'what logs in is in no output, in whatever form, whether it works or not',
    async (stack) => {
      await using registry = await Registry.start('login');
      await using images = new TestImages(stack.engine);
      const name = await privateImage(stack, registry, images);
      const secret = JSON.stringify({ Username: account.user, Secret: account.password });
      const right = await clientFiles(stack, inFile(registry.host));
      const wrongPassword = `${account.password}-wrong`;
      const outcomes: Outcome[] = [];
      const commands = [
        ['pull'],
        ['--progress', 'json', 'pull'],
        ['push'],
        ['--progress', 'json', 'push'],
        ['config'],
        ['config', '--resolve-image-digests'],
        ['plan', '--json', '--verbose'],
        ['up', '--dry-run'],
        ['images', '--format', 'json'],
      ];
      for (const env of [
        right,
        { ...right, DOCKER_AUTH_CONFIG: JSON.stringify(inFile(registry.host, wrongPassword)) },
      ]) {
        for (const args of commands)
          outcomes.push(await stack.start(args, { ...env, TSCOMPOSE_DEBUG: '1' }).outcome);
      }
      const failing = await clientFiles(stack, { credsStore: 'test' }, `echo '${secret}'; exit 1`);
      outcomes.push(await stack.start(['pull'], failing).outcome);
      images.expect(name);
      const shown = outcomes.map(({ stdout, stderr }) => stdout + stderr).join('\n');
      const canaries = [
        account.password,
        base64(`${account.user}:${account.password}`),
        base64(`${account.user}:${wrongPassword}`),
        Buffer.from(account.password).toString('base64').slice(0, -4),
      ];
      expect({
        worked: outcomes[0]?.exitCode,
        failed: [outcomes[commands.length]?.exitCode, outcomes.at(-1)?.exitCode],
        shown: canaries.filter((canary) => shown.includes(canary)),
      }).toEqual({ worked: 0, failed: [1, 1], shown: [] });
    },
    { limitMs: 120_000 },
  );
});
