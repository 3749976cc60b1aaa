import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { engineAddresses } from '../../../scripts/setup/engine-addresses.mjs';

/** Addresses on a Linux machine with the given environment and files. */
function addresses(env: Record<string, string>, files: Record<string, string> = {}) {
  const readText = (path: string) => files[path];
  return engineAddresses({ env, homeDir: '/home/ann', uid: 1000, platform: 'linux', readText });
}

const contextId = createHash('sha256').update('colima').digest('hex');
const contextFiles = {
  '/home/ann/.docker/config.json': '{"currentContext": "colima"}',
  [`/home/ann/.docker/contexts/meta/${contextId}/meta.json`]: JSON.stringify({
    Endpoints: { docker: { Host: 'tcp://192.168.5.2:2376' } },
  }),
  [`/home/ann/.docker/contexts/tls/${contextId}/docker/cert.pem`]: '…',
};

test('DOCKER_HOST comes before the docker context, with its certificates', () => {
  const env = { DOCKER_HOST: 'tcp://far:2376', DOCKER_CERT_PATH: '/certs' };
  expect(addresses(env, contextFiles)[0]).toEqual({
    url: 'tcp://far:2376',
    source: 'DOCKER_HOST',
    certDir: '/certs',
  });
});

test('the current docker context comes before the usual sockets, with its certificates', () => {
  expect(addresses({}, contextFiles)[0]).toEqual({
    url: 'tcp://192.168.5.2:2376',
    source: 'docker context "colima"',
    certDir: `/home/ann/.docker/contexts/tls/${contextId}/docker`,
  });
});

test('the context "default" and one that is gone mean the usual sockets', () => {
  const firsts = [{ DOCKER_CONTEXT: 'default' }, { DOCKER_CONTEXT: 'gone' }].map((env) => addresses(env)[0]);
  expect(firsts).toEqual(Array(2).fill({ url: 'unix:///var/run/docker.sock', source: 'Docker' }));
});

test('a socket is tried once, whoever names it', () => {
  const urls = addresses({ DOCKER_HOST: 'unix:///var/run/docker.sock' }).map(
    ({ url }: { url: string }) => url,
  );
  expect(urls.filter((url: string) => url === 'unix:///var/run/docker.sock')).toHaveLength(1);
});

test('sockets of a user are looked for in the runtime folder of that user', () => {
  const urls = addresses({}).map(({ url }: { url: string }) => url);
  expect(urls).toEqual(
    expect.arrayContaining(['unix:///run/user/1000/docker.sock', 'unix:///run/user/1000/podman/podman.sock']),
  );
});
