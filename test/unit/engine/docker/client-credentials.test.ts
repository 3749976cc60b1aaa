import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { credentialsFile } from '../../../../src/engine/docker/client-credentials.js';
import { socketPathOf } from '../../../../src/engine/docker/client-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-client-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function credentials(config: unknown): Promise<unknown> {
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const environment = new Map([['PATH', `${folder}:/usr/bin:/bin`]]);
  return (JSON.parse(await credentialsFile(folder, environment)) as { auths: unknown }).auths;
}

/** A credential helper that knows one server. */
async function helper(name: string, server: string, answer: unknown): Promise<void> {
  const file = join(folder, `docker-credential-${name}`);
  const list = JSON.stringify({ [server]: 'ann' });
  await writeFile(
    file,
    `#!/bin/sh\nif [ "$1" = list ]; then echo '${list}'; exit; fi\nread -r asked\n[ "$asked" = ${server} ] || exit 1\necho '${JSON.stringify(answer)}'\n`,
  );
  await chmod(file, 0o755);
}

const encoded = (text: string) => Buffer.from(text).toString('base64');

test('what the file itself says is passed on', async () => {
  const auth = encoded('ann:sesame');
  expect(await credentials({ auths: { 'a.example': { auth }, 'b.example': {} } })).toEqual({
    'a.example': { auth },
  });
});

test('a credential store is asked for every server that it knows', async () => {
  await helper('shop', 'a.example', { Username: 'ann', Secret: 'sesame' });
  expect(await credentials({ credsStore: 'shop' })).toEqual({ 'a.example': { auth: encoded('ann:sesame') } });
});

test('the helper of one server is asked for that server, and its token is one', async () => {
  await helper('cloud', 'c.example', { Username: '<token>', Secret: 'abc' });
  expect(await credentials({ credHelpers: { 'c.example': 'cloud' } })).toEqual({
    'c.example': { identitytoken: 'abc' },
  });
});

test('a store that is missing and a file that is missing are no credentials', async () => {
  const nobody = await credentialsFile(join(folder, 'nowhere'), new Map());
  expect([await credentials({ credsStore: 'gone' }), JSON.parse(nobody)]).toEqual([{}, { auths: {} }]);
});

test.each([
  [{ kind: 'socket', path: '/run/user/1000/docker.sock' }, '/run/user/1000/docker.sock'],
  [{ kind: 'socket', path: '/home/ann/.docker/run/docker.sock' }, '/var/run/docker.sock'],
  [{ kind: 'ssh' }, '/var/run/docker.sock'],
  [{ kind: 'tcp' }, '/var/run/docker.sock'],
])('a container finds the socket of %j at %s of the host', (address, path) => {
  expect(socketPathOf(address, '/home/ann')).toBe(path);
});
