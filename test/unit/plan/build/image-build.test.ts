import { expect, test } from 'vitest';
import type { BuildSpec } from '../../../../src/model/build.js';
import { emptyBuild } from '../../../../src/model/empty-build.js';
import type { ServiceSpec } from '../../../../src/model/service.js';
import { type BuildRequestPolicy, imageBuildOf } from '../../../../src/plan/build/image-build.js';
import { projectOf } from '../../../support/project-builder.js';

function buildOf(
  build: Partial<BuildSpec>,
  {
    service = {},
    request = {},
    platforms = 'one',
  }: {
    service?: Partial<ServiceSpec>;
    request?: BuildRequestPolicy;
    platforms?: 'one' | 'all';
  } = {},
) {
  const project = projectOf({
    services: {
      web: { image: 'app-web', build: { ...emptyBuild('/app'), ...build }, ...service },
      base: { image: 'app-base', build: emptyBuild('/base') },
    },
  });
  const web = project.services.get('web');
  if (web === undefined) throw new Error('no service web');
  return imageBuildOf(web, project, '1.2.3', platforms, request);
}

test('an image has the name of its service first, then its tags, each once', () => {
  expect(buildOf({ tags: ['a/b', 'app-web'] })?.names).toEqual(['app-web', 'a/b']);
});

test('an image carries the labels of the file and those of its project', () => {
  expect(buildOf({ labels: new Map([['owner', 'me']]) })?.labels).toEqual(
    new Map([
      ['owner', 'me'],
      ['com.docker.compose.project', 'app'],
      ['com.docker.compose.service', 'web'],
      ['com.docker.compose.version', '1.2.3'],
    ]),
  );
});

test('a service that is named as a context is the image that it builds', () => {
  const contexts = new Map([
    ['base', 'service:base'],
    ['lib', '/lib'],
  ]);
  expect(buildOf({ additionalContexts: contexts })?.spec.additionalContexts).toEqual(
    new Map([
      ['base', 'docker-image://app-base'],
      ['lib', '/lib'],
    ]),
  );
});

test('what a person asks for wins over the file', () => {
  const spec = buildOf(
    { args: new Map(Object.entries({ A: 'file', B: 'file' })), sbom: 'false', ssh: new Map([['x', '/x']]) },
    {
      request: {
        args: new Map(Object.entries({ A: 'flag', C: 'flag' })),
        cache: 'ignore',
        pull: 'always',
        sbom: 'true',
        ssh: new Map([['default', '']]),
      },
    },
  )?.spec;
  expect(spec).toEqual({
    ...emptyBuild('/app'),
    args: new Map(Object.entries({ A: 'flag', B: 'file', C: 'flag' })),
    cache: 'ignore',
    pull: 'always',
    sbom: 'true',
    ssh: new Map([
      ['x', '/x'],
      ['default', ''],
    ]),
  });
});

test.each([
  ['the platform of the service is built for', ['linux/arm64'], [], 'linux/arm64', 'one'],
  ['of several platforms only that of the service is built to be run', ['y'], ['x', 'y'], 'y', 'one'],
  ['build makes all platforms', ['x', 'y'], ['x', 'y'], 'y', 'all'],
  ['of several platforms the builder chooses one to be run', [], ['x', 'y'], undefined, 'one'],
  ['a single platform is built for', ['x'], ['x'], undefined, 'one'],
] as const)('%s', (_rule, expected, platforms, platform, which) => {
  const service = platform === undefined ? {} : { platform };
  expect(buildOf({ platforms }, { service, platforms: which })?.spec.platforms).toEqual(expected);
});

test('a platform that the build does not have is refused in the words of docker compose', () => {
  const refusal = (call: () => unknown) => {
    try {
      call();
      return 'nothing';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const platforms = ['linux/amd64'];
  expect([
    refusal(() => buildOf({ platforms }, { service: { platform: 'linux/arm64' } })),
    refusal(() => buildOf({ platforms }, { request: { defaultPlatform: 'linux/arm64' } })),
  ]).toEqual([
    'service "web" build configuration does not support platform: linux/arm64',
    'service "web" build.platforms does not support value set by DOCKER_DEFAULT_PLATFORM: linux/arm64',
  ]);
});

test('only a name that somebody gave is pushed', () => {
  const outputs = ['app-web', 'registry.example/web'].map(
    (image) => buildOf({}, { service: { image }, request: { output: 'registry' } })?.output,
  );
  expect(outputs).toEqual(['engine', 'registry']);
});
