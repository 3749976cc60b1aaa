import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registryLogin } from '../../../src/registry/registry-login.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'registry-auth-'));
});
afterEach(() => rm(dir, { recursive: true }));

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Who we are for an image, as the engine is told, and what the person is told. */
async function loginWith(config: unknown, image: string, environment: Readonly<Record<string, string>> = {}) {
  if (config !== undefined) {
    const text = typeof config === 'string' ? config : JSON.stringify(config);
    await writeFile(join(dir, 'config.json'), text);
  }
  const warnings: string[] = [];
  const login = await registryLogin(image, {
    configDir: dir,
    environment: new Map(Object.entries({ PATH: `${dir}:/usr/bin:/bin`, ...environment })),
    warn: (text) => warnings.push(text.replaceAll(dir, '.')),
  });
  const told: unknown =
    login === undefined ? undefined : JSON.parse(Buffer.from(login.header, 'base64url').toString());
  return { told, warnings };
}

async function helper(name: string, script: string): Promise<void> {
  const path = join(dir, `docker-credential-${name}`);
  await writeFile(path, `#!/bin/sh\nread -r server\n${script}\n`);
  await chmod(path, 0o755);
}

describe('config.json', () => {
  test.each([
    ['no file', undefined, 'reg.test/web', undefined],
    [
      'auth',
      { auths: { 'reg.test': { auth: base64('me:pass:word') } } },
      'reg.test/web',
      { username: 'me', password: 'pass:word', serveraddress: 'reg.test' },
    ],
    [
      'a key that is a whole URL',
      { auths: { 'https://reg.test/v1/': { auth: base64('me:pw') } } },
      'reg.test/web',
      { username: 'me', password: 'pw', serveraddress: 'https://reg.test/v1/' },
    ],
    ['another port', { auths: { 'reg.test:5000': { auth: base64('me:pw') } } }, 'reg.test/web', undefined],
    [
      'an identity token',
      { auths: { 'reg.test': { auth: base64('me:'), identitytoken: 'token' } } },
      'reg.test/web',
      { identitytoken: 'token', serveraddress: 'reg.test' },
    ],
    [
      'a registry token',
      { auths: { 'reg.test': { registrytoken: 'token' } } },
      'reg.test/web',
      { registrytoken: 'token', serveraddress: 'reg.test' },
    ],
    [
      "Docker Hub's own key, for an image without a registry",
      { auths: { 'https://index.docker.io/v1/': { auth: base64('me:pw') } } },
      'team/web:1',
      { username: 'me', password: 'pw', serveraddress: 'https://index.docker.io/v1/' },
    ],
    [
      'Docker Hub by its host, for an image with it',
      { auths: { 'docker.io': { auth: base64('me:pw') } } },
      'docker.io/library/web',
      { username: 'me', password: 'pw', serveraddress: 'docker.io' },
    ],
    ['an entry without anything', { auths: { 'reg.test': {} } }, 'reg.test/web', undefined],
  ])('%s', async (_what, config, image, told) => {
    expect(await loginWith(config, image)).toEqual({ told, warnings: [] });
  });

  test('a file that is not JSON is told without a word of what is in it', async () => {
    expect(await loginWith('{"auths": s3cret-canary', 'reg.test/web')).toEqual({
      told: undefined,
      warnings: ['./config.json cannot be read (it is not JSON): going on without credentials'],
    });
  });

  test('DOCKER_AUTH_CONFIG wins over the file', async () => {
    const DOCKER_AUTH_CONFIG = JSON.stringify({ auths: { 'reg.test': { auth: base64('ci:job') } } });
    const config = { auths: { 'reg.test': { auth: base64('me:pw') } } };
    expect((await loginWith(config, 'reg.test/web', { DOCKER_AUTH_CONFIG })).told).toEqual({
      ...{ username: 'ci', password: 'job', serveraddress: 'reg.test' },
    });
  });
});

describe('helpers', () => {
  test('the helper of a registry wins over the store, and the store over the file', async () => {
    await helper('one', 'echo "{\\"Username\\":\\"one\\",\\"Secret\\":\\"$server\\"}"');
    await helper('store', 'echo "{\\"Username\\":\\"store\\",\\"Secret\\":\\"$server\\"}"');
    const config = {
      auths: { 'a.test': {}, 'b.test': { auth: base64('me:pw') } },
      credHelpers: { 'a.test': 'one' },
      credsStore: 'store',
    };
    const asked = [
      await loginWith(config, 'a.test/web'),
      await loginWith(config, 'b.test/web'),
      await loginWith(config, 'web'),
    ];
    expect(asked.map(({ told }) => told)).toEqual([
      { username: 'one', password: 'a.test', serveraddress: 'a.test' },
      { username: 'store', password: 'b.test', serveraddress: 'b.test' },
      {
        username: 'store',
        password: 'https://index.docker.io/v1/',
        serveraddress: 'https://index.docker.io/v1/',
      },
    ]);
  });

  test('the user <token> means an identity token', async () => {
    await helper('one', 'echo \'{"Username":"<token>","Secret":"abc"}\'');
    expect((await loginWith({ credsStore: 'one' }, 'reg.test/web')).told).toEqual({
      ...{ identitytoken: 'abc', serveraddress: 'reg.test' },
    });
  });

  test('a helper that is missing is told, and the work goes on without credentials', async () => {
    expect(await loginWith({ credsStore: 'gone' }, 'reg.test/web')).toEqual({
      told: undefined,
      warnings: [
        'the credential helper docker-credential-gone is not in PATH: reg.test is asked without credentials; install it, or take it out of config.json',
      ],
    });
  });

  test('a helper that does not know the registry is nothing to talk about', async () => {
    await helper('one', 'echo "credentials not found in native keychain"; exit 1');
    expect(await loginWith({ credsStore: 'one' }, 'reg.test/web')).toEqual({ told: undefined, warnings: [] });
  });

  test('what a failing helper complains about is told, unless it may be a secret', async () => {
    await helper('locked', 'echo "the keychain is locked"; exit 1');
    await helper('leaky', 'echo "{\\"Secret\\": \\"s3cret-canary\\"}"; exit 1');
    const warnings = [
      (await loginWith({ credsStore: 'locked' }, 'reg.test/web')).warnings,
      (await loginWith({ credsStore: 'leaky' }, 'reg.test/web')).warnings,
    ];
    expect(warnings).toEqual([
      ['the credential helper docker-credential-locked failed for reg.test: the keychain is locked'],
      ['the credential helper docker-credential-leaky failed for reg.test'],
    ]);
  });

  test('an answer that is not JSON is told without the answer', async () => {
    await helper('odd', 'echo "s3cret-canary"');
    expect((await loginWith({ credsStore: 'odd' }, 'reg.test/web')).warnings).toEqual([
      'the credential helper docker-credential-odd does not answer in JSON for reg.test',
    ]);
  });
});
