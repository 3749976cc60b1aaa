import { expect, test } from 'vitest';
import { parseReference } from '../../../src/registry/reference.js';
import { resolveImage } from '../../../src/registry/resolve-image.js';
import { digestOf, HttpRegistry } from '../../support/http-registry.js';
import { registryClient } from '../../support/registry-client.js';

const basic = `Basic ${Buffer.from('user:password').toString('base64')}`;

/** What goes wrong, as far as it does not tell the port. */
async function failureOf(promise: Promise<unknown>, { host }: HttpRegistry) {
  const error = await promise.then(
    () => new Error('it went well'),
    (reason: Error) => reason,
  );
  const { kind } = error as Error & { kind?: string };
  return { kind, message: error.message.replaceAll(host, 'REG') };
}

test('an image is the digest of its index, and of each platform', async () => {
  await using registry = await HttpRegistry.start();
  const digest = registry.addImage('team/app', '1', ['arm64', 'amd64']);
  const found = await resolveImage(registryClient(), `${registry.host}/team/app:1`);
  expect([found.digest, [...found.platforms.keys()]]).toEqual([digest, ['linux/amd64', 'linux/arm64']]);
});

test('credentials go only to a registry that asks for them, and then with each request', async () => {
  await using registry = await HttpRegistry.start();
  registry.addImage('app', '1', ['amd64']);
  const client = registryClient(registry.host);
  const reference = parseReference(`${registry.host}/app:1`);
  await client.manifest(reference);
  registry.access = 'basic';
  await client.manifest(reference);
  await client.manifest(reference);
  const manifests = registry.requests.filter((line) => line.includes('manifests'));
  expect(manifests.map((line) => line.replace('GET /v2/app/manifests/1', 'GET'))).toEqual([
    'GET',
    'GET',
    `GET ${basic}`,
    `GET ${basic}`,
  ]);
});

test('a token is fetched for one repository and used again; the password goes to nobody else', async () => {
  await using registry = await HttpRegistry.start();
  registry.addImage('app', '1', ['amd64']);
  registry.access = 'token';
  const client = registryClient(registry.host);
  await client.manifest(parseReference(`${registry.host}/app:1`));
  await client.manifest(parseReference(`${registry.host}/app:1`));
  const token = 'Bearer user:password repository:app:pull';
  expect(registry.requests.filter((line) => !line.startsWith('GET /v2/ ') && line !== 'GET /v2/')).toEqual([
    'GET /v2/app/manifests/1',
    `GET /token ${basic}`,
    `GET /v2/app/manifests/1 ${token}`,
    `GET /v2/app/manifests/1 ${token}`,
  ]);
});

test('a redirection to another host is followed without credentials', async () => {
  await using registry = await HttpRegistry.start();
  await using storage = await HttpRegistry.start();
  registry.addImage('app', '1', ['amd64']);
  registry.access = 'basic';
  registry.blobHost = storage.host;
  for (const [digest, bytes] of registry.blobs) storage.blobs.set(digest, bytes);
  const [digest = ''] = registry.blobs.keys();
  const client = registryClient(registry.host, storage.host);
  const bytes = await client.blob(parseReference(`${registry.host}/app:1`), digest, 1000);
  expect([digestOf(bytes), storage.requests]).toEqual([digest, [`GET /v2/any/blobs/${digest}`]]);
});

test('content that is not what its digest says is refused', async () => {
  await using registry = await HttpRegistry.start();
  registry.addImage('app', '1', ['amd64']);
  const [digest = ''] = registry.blobs.keys();
  registry.blobs.set(digest, Buffer.from('something else'));
  const client = registryClient();
  const blob = client.blob(parseReference(`${registry.host}/app:1`), digest, 1000);
  const index = registry.manifests.get('app:1');
  registry.manifests.set(`app:${'sha256:'.padEnd(71, '0')}`, index as NonNullable<typeof index>);
  const manifest = client.manifest(parseReference(`${registry.host}/app@${'sha256:'.padEnd(71, '0')}`));
  expect([(await failureOf(blob, registry)).kind, (await failureOf(manifest, registry)).kind]).toEqual([
    'corrupt',
    'corrupt',
  ]);
});

test('an answer that is longer than it may be is given up', async () => {
  await using registry = await HttpRegistry.start();
  const bytes = Buffer.alloc(5000);
  registry.blobs.set(digestOf(bytes), bytes);
  const blob = registryClient().blob(parseReference(`${registry.host}/app:1`), digestOf(bytes), 1000);
  expect(await failureOf(blob, registry)).toEqual({
    kind: 'failed',
    message: 'the registry REG gives too much: REG answers with more than 1000 bytes',
  });
});

test.each([
  [401, 'denied', 'the registry REG does not let somebody without a login read REG/app:1'],
  [404, 'not-found', 'REG/app:1 is not at the registry'],
  [503, 'failed', 'cannot read REG/app:1: REG answers with 503'],
])('status %i is told as %s', async (status, kind, message) => {
  await using registry = await HttpRegistry.start();
  registry.intercept = (_, url) => (url.pathname === '/v2/' ? undefined : { status });
  const manifest = registryClient().manifest(parseReference(`${registry.host}/app:1`));
  expect(await failureOf(manifest, registry)).toEqual({ kind, message });
});

test('what may work later is asked again: 5xx, too many requests, broken connections', async () => {
  await using registry = await HttpRegistry.start();
  const digest = registry.addImage('app', '1', ['amd64']);
  const failures = [{ status: 503 }, { status: 429, headers: { 'retry-after': '1' } }, 'broken' as const];
  registry.intercept = (_, { pathname }) => (pathname === '/v2/' ? undefined : failures.shift());
  const found = await registryClient().manifest(parseReference(`${registry.host}/app:1`));
  expect([found.digest, failures]).toEqual([digest, []]);
});

test.each([
  ['a refusal', { status: 403 }, 1],
  ['a wait that nobody has time for', { status: 429, headers: { 'retry-after': '3600' } }, 1],
  ['something that goes on', { status: 500 }, 6],
])('%s ends it', async (_, answer, attempts) => {
  await using registry = await HttpRegistry.start();
  registry.intercept = (_method, { pathname }) => (pathname === '/v2/' ? undefined : answer);
  await failureOf(registryClient().manifest(parseReference(`${registry.host}/app:1`)), registry);
  expect(registry.requests.filter((line) => line.includes('manifests')).length).toBe(attempts);
});

test('the words of a registry are told, and no password', async () => {
  await using registry = await HttpRegistry.start();
  const body = JSON.stringify({ errors: [{ message: 'ask https://user:password@registry.test/ for it' }] });
  registry.intercept = (_, url) => (url.pathname === '/v2/' ? undefined : { status: 403, body });
  const { message } = await failureOf(
    registryClient(registry.host).manifest(parseReference(`${registry.host}/app:1`)),
    registry,
  );
  expect(message).toBe(
    'the registry REG does not let this login read REG/app:1: ask https://••••••@registry.test/ for it',
  );
});

test.each([
  ['busybox', 'docker.io', 'library/busybox', 'latest', undefined],
  ['host:5000/a/b:1', 'host:5000', 'a/b', '1', undefined],
  [`a/b:1@sha256:${'0'.repeat(64)}`, 'docker.io', 'a/b', '1', `sha256:${'0'.repeat(64)}`],
])('%s is read as a reference', (text, registry, repository, tag, digest) => {
  expect(parseReference(text)).toEqual({ registry, repository, tag, digest });
});

test.each(['', 'Big', 'a b', 'a/../b', 'host/a@sha256:1', 'a:b:c', '-a'])('%j is no reference', (text) => {
  expect(() => parseReference(text)).toThrow('is no reference');
});
