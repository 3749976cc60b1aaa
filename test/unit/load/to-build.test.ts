import { expect, test } from 'vitest';
import { loadProject } from '../../../src/load/load-project.js';
import type { BuildSpec } from '../../../src/model/build.js';
import { emptyBuild } from '../../../src/model/empty-build.js';
import { loadRequest, memoryLoadIo } from '../../support/memory-load-io.js';

async function buildOf(
  text: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<BuildSpec | undefined> {
  const io = memoryLoadIo({ files: { 'compose.yaml': text }, environment });
  const result = await loadProject(loadRequest(), io);
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.project.services.get('web')?.build;
}

test('a build of one word is a directory with a Dockerfile', async () => {
  expect(await buildOf('services: {web: {build: ./app}}')).toEqual({
    ...emptyBuild('/project/app'),
    dockerfile: 'Dockerfile',
  });
});

test('every key of a build is kept', async () => {
  const text = `
services:
  web:
    build:
      context: https://example.org/app.git#main
      dockerfile_inline: FROM scratch
      args: {MODE: dev, FROM_SHELL: , UNSET: }
      target: final
      labels: [owner=me]
      tags: [a/b:1]
      platforms: [linux/amd64, linux/arm64]
      cache_from: ['type=local,src=/c']
      cache_to: ['type=local,dest=/c']
      no_cache: true
      no_cache_filter: final
      pull: true
      network: host
      shm_size: 1m
      ulimits: {nofile: 10, nproc: {soft: 1, hard: 2}}
      extra_hosts: {db: 10.0.0.1}
      isolation: process
      privileged: true
      entitlements: [network.host]
      secrets: [token, {source: key, target: id_rsa}]
      ssh: [default, 'other=/keys/other']
      additional_contexts: {lib: ../lib, base: 'docker-image://busybox', api: 'service:api'}
      provenance: mode=max
      sbom: true
  api: {build: .}
secrets:
  token: {environment: TOKEN}
  key: {file: ./key}
`;
  expect(await buildOf(text, { FROM_SHELL: 'yes', TOKEN: 'hush' })).toEqual({
    context: 'https://example.org/app.git#main',
    dockerfile: undefined,
    dockerfileInline: 'FROM scratch',
    args: new Map([
      ['FROM_SHELL', 'yes'],
      ['MODE', 'dev'],
    ]),
    target: 'final',
    labels: new Map([['owner', 'me']]),
    tags: ['a/b:1'],
    platforms: ['linux/amd64', 'linux/arm64'],
    cacheFrom: ['type=local,src=/c'],
    cacheTo: ['type=local,dest=/c'],
    cache: 'ignore',
    uncachedStages: ['final'],
    pull: 'always',
    network: 'host',
    shmSizeBytes: 1048576,
    ulimits: new Map([
      ['nofile', { soft: 10, hard: 10 }],
      ['nproc', { soft: 1, hard: 2 }],
    ]),
    extraHosts: ['db:10.0.0.1'],
    isolation: 'process',
    isPrivileged: true,
    entitlements: ['network.host'],
    secrets: [
      { id: 'token', source: { kind: 'environment', variable: 'TOKEN', value: 'hush' } },
      { id: 'id_rsa', source: { kind: 'file', path: '/project/key' } },
    ],
    ssh: new Map([
      ['default', ''],
      ['other', '/keys/other'],
    ]),
    additionalContexts: new Map([
      ['api', 'service:api'],
      ['base', 'docker-image://busybox'],
      ['lib', '/lib'],
    ]),
    provenance: 'mode=max',
    sbom: 'true',
  });
});
