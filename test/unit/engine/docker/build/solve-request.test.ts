import { expect, test } from 'vitest';
import { openCaches } from '../../../../../src/engine/docker/build/buildkit/solve/local-caches.js';
import { sentPlaces } from '../../../../../src/engine/docker/build/buildkit/solve/sent-places.js';
import {
  frontendAttributes,
  solveRequestOf,
} from '../../../../../src/engine/docker/build/buildkit/solve/solve-request.js';
import { LayoutDirectory } from '../../../../../src/host/oci-layout/layout-directory.js';
import type { BuildSpec } from '../../../../../src/model/build.js';
import { type BuildWish, buildRequest } from '../../../../support/build-request.js';
import { contextFiles } from '../../../../support/context-files.js';

const attributesOf = async (wish: BuildWish) => {
  const request = buildRequest(wish);
  return Object.fromEntries(frontendAttributes(request, await sentPlaces(request, undefined)));
};

const solveRequest = async (wish: BuildWish) => {
  const request = buildRequest(wish);
  const [places, caches] = await Promise.all([sentPlaces(request, undefined), openCaches(request)]);
  return solveRequestOf(request, { places, caches, session: 'session' });
};

const cases: readonly (readonly [string, Partial<BuildSpec>, Readonly<Record<string, string>>])[] = [
  ['nothing', {}, {}],
  [
    'args',
    {
      args: new Map([
        ['A', 'b=c'],
        ['EMPTY', ''],
      ]),
    },
    { 'build-arg:A': 'b=c', 'build-arg:EMPTY': '' },
  ],
  ['target', { target: 'test' }, { target: 'test' }],
  ['one platform', { platforms: ['linux/arm64'] }, { platform: 'linux/arm64' }],
  [
    'platforms',
    { platforms: ['linux/arm64', 'linux/amd64'] },
    { platform: 'linux/arm64,linux/amd64', 'multi-platform': 'true' },
  ],
  ['no_cache', { cache: 'ignore', uncachedStages: ['a'] }, { 'no-cache': '' }],
  ['no_cache_filter', { uncachedStages: ['a', 'b'] }, { 'no-cache': 'a,b' }],
  ['pull', { pull: 'always' }, { 'image-resolve-mode': 'pull' }],
  ['network', { network: 'none' }, { 'force-network-mode': 'none' }],
  ['the usual network', { network: 'default' }, {}],
  ['shm_size', { shmSizeBytes: 1024 }, { 'shm-size': '1024' }],
  [
    'ulimits',
    {
      ulimits: new Map([
        ['nofile', { soft: 1, hard: 2 }],
        ['nproc', { soft: 3, hard: 3 }],
      ]),
    },
    { ulimit: 'nofile=1:2,nproc=3:3' },
  ],
  ['extra_hosts', { extraHosts: ['a:1.2.3.4', 'b:::1'] }, { 'add-hosts': 'a=1.2.3.4,b=::1' }],
  ['provenance', { provenance: 'true' }, { 'attest:provenance': 'mode=min' }],
  ['provenance with words', { provenance: 'mode=max' }, { 'attest:provenance': 'mode=max' }],
  ['no provenance', { provenance: 'false' }, {}],
  ['sbom', { sbom: 'true' }, { 'attest:sbom': '' }],
];

test.each(cases)('%s is said to the frontend', async (_, spec, attributes) => {
  expect(await attributesOf({ spec })).toEqual({ filename: 'Dockerfile', ...attributes });
});

test('labels are those of the build, not only those of the file', async () => {
  const build = { labels: new Map([['owner', 'me']]) };
  expect(await attributesOf({ build, spec: { labels: new Map([['other', 'a']]) } })).toEqual({
    filename: 'Dockerfile',
    'label:owner': 'me',
  });
});

test('entitlements that other keys imply are asked for once', async () => {
  const spec = { isPrivileged: true, network: 'host', entitlements: ['network.host'] };
  const { entitlements } = await solveRequest({ spec });
  expect(entitlements).toEqual(['network.host', 'security.insecure']);
});

test('caches are told by type and attributes; a bare name is an image at a registry', async () => {
  const spec = { cacheFrom: ['user/app:cache'], cacheTo: ['type=inline', 'type=gha,scope=a,mode=max'] };
  const { cache } = await solveRequest({ spec });
  expect(cache).toEqual({
    imports: [{ type: 'registry', attributes: new Map([['ref', 'user/app:cache']]) }],
    exports: [
      { type: 'inline', attributes: new Map() },
      {
        type: 'gha',
        attributes: new Map([
          ['scope', 'a'],
          ['mode', 'max'],
        ]),
      },
    ],
  });
});

test('the frontend is told which caches to read: it is the one who asks for them', async () => {
  const { frontendAttributes: attributes } = await solveRequest({
    spec: { cacheFrom: ['user/app:cache', 'type=s3,bucket=b'] },
  });
  expect(JSON.parse(attributes?.get('cache-imports') ?? '')).toEqual([
    { Type: 'registry', Attrs: { ref: 'user/app:cache' } },
    { Type: 's3', Attrs: { bucket: 'b' } },
  ]);
});

const files = contextFiles({});
const noContent = new LayoutDirectory('/nowhere');

test.each<readonly [string, BuildWish, Readonly<Record<string, string>>]>([
  [
    'a URL is read by the engine',
    { context: { kind: 'url', url: 'https://host/repo.git#main' } },
    { context: 'https://host/repo.git#main', filename: 'Dockerfile' },
  ],
  [
    'a Dockerfile far away keeps its path',
    { context: { kind: 'url', url: 'https://host/repo.git' }, spec: { dockerfile: 'docker/web' } },
    { context: 'https://host/repo.git', filename: 'docker/web' },
  ],
  [
    'a Dockerfile from here goes with a context from there',
    { context: { kind: 'url', url: 'https://host/repo.git' }, dockerfileText: 'FROM a' },
    { context: 'https://host/repo.git', filename: 'Dockerfile', dockerfilekey: 'dockerfile' },
  ],
  [
    'an archive is fetched from us',
    { context: { kind: 'archive', bytes: (async function* () {})() } },
    { context: 'http://buildkit-session/context', filename: 'Dockerfile' },
  ],
  [
    'a Dockerfile is known by its last name',
    { spec: { dockerfile: 'docker/web.Dockerfile' } },
    { filename: 'web.Dockerfile' },
  ],
  [
    'additional contexts are sent, fetched, images there or images here',
    {
      additionalContexts: {
        here: { kind: 'files', files },
        there: { kind: 'url', url: 'https://host/a.tar' },
        image: { kind: 'image', reference: 'busybox' },
        Layout: { kind: 'layout', content: noContent, digest: `sha256:${'0'.repeat(64)}` },
      },
    },
    {
      'context:here': 'local:context-here',
      'context:there': 'https://host/a.tar',
      'context:image': 'docker-image://busybox',
      'context:Layout': `oci-layout://context-0@sha256:${'0'.repeat(64)}`,
      filename: 'Dockerfile',
      'frontend.caps': 'moby.buildkit.frontend.contexts+forward',
    },
  ],
])('%s', async (_, wish, attributes) => {
  expect(await attributesOf(wish)).toEqual(attributes);
});
