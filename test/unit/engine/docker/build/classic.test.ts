import { expect, test } from 'vitest';
import { classicBody } from '../../../../../src/engine/docker/build/classic/classic-body.js';
import { classicQuery } from '../../../../../src/engine/docker/build/classic/classic-query.js';
import { ClassicSteps } from '../../../../../src/engine/docker/build/classic/classic-steps.js';
import { readTar } from '../../../../../src/engine/tar.js';
import type { BuildProgress, BuildSpec } from '../../../../../src/model/build.js';
import { EngineError } from '../../../../../src/problems/errors.js';
import { type BuildWish, buildRequest } from '../../../../support/build-request.js';

const queryOf = (wish: BuildWish) => {
  const query = classicQuery(buildRequest(wish), { onProgress: () => {} });
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
};

test('everything that the classic builder knows is asked of it', () => {
  const spec: Partial<BuildSpec> = {
    args: new Map([['A', 'b']]),
    target: 'test',
    platforms: ['linux/arm64'],
    cacheFrom: ['user/app:cache', 'type=registry,ref=user/app:other'],
    cache: 'ignore',
    pull: 'always',
    network: 'host',
    shmSizeBytes: 1024,
    ulimits: new Map([['nofile', { soft: 1, hard: 2 }]]),
    extraHosts: ['a:1.2.3.4'],
    isolation: 'default',
    provenance: 'false',
  };
  const build = { names: ['web', 'web:2'], labels: new Map([['owner', 'me']]) };
  expect(queryOf({ spec, build })).toEqual({
    version: 1,
    t: ['web', 'web:2'],
    target: 'test',
    platform: 'linux/arm64',
    buildargs: '{"A":"b"}',
    labels: '{"owner":"me","com.docker.compose.image.builder":"classic"}',
    cachefrom: '["user/app:cache","user/app:other"]',
    nocache: 1,
    pull: 1,
    networkmode: 'host',
    extrahosts: ['a:1.2.3.4'],
    shmsize: 1024,
    ulimits: '[{"Name":"nofile","Soft":1,"Hard":2}]',
    isolation: 'default',
    rm: 1,
    forcerm: 1,
  });
});

test.each<readonly [string, BuildWish]>([
  ['build.secrets', { secrets: { token: 'a' } }],
  ['build.ssh', { spec: { ssh: new Map([['default', '']]) } }],
  ['build.additional_contexts', { additionalContexts: { other: { kind: 'url', url: 'https://host/' } } }],
  ['build.cache_to', { spec: { cacheTo: ['type=inline'] } }],
  ['build.cache_from', { spec: { cacheFrom: ['type=gha'] } }],
  ['build.platforms', { spec: { platforms: ['linux/amd64', 'linux/arm64'] } }],
  ['build.no_cache_filter', { spec: { uncachedStages: ['a'] } }],
  ['build.privileged', { spec: { isPrivileged: true } }],
  ['build.entitlements', { spec: { entitlements: ['network.host'] } }],
  ['build.provenance', { spec: { provenance: 'true' } }],
  ['build.sbom', { spec: { sbom: 'true' } }],
])('%s is refused by its name', (key, wish) => {
  let refused: unknown;
  try {
    queryOf(wish);
  } catch (error) {
    refused = error instanceof EngineError ? [error.kind, error.serviceKey] : error;
  }
  expect(refused).toEqual(['unsupported', key]);
});

const contentOf = async (wish: BuildWish) => {
  const { dockerfile, archive } = await classicBody(buildRequest(wish), undefined);
  if (archive === undefined) return undefined;
  const content: Record<string, string> = {};
  for await (const { header, content: chunks } of readTar(archive)) {
    let text = '';
    for await (const chunk of chunks) text += Buffer.from(chunk).toString();
    content[header.path.replace(dockerfile ?? '', 'DOCKERFILE')] = text.replace(
      dockerfile ?? '',
      'DOCKERFILE',
    );
  }
  return content;
};

test('a Dockerfile from elsewhere is ignored by what copies the context', async () => {
  const content = await contentOf({ files: { '.dockerignore': '*.md', a: 'A' }, dockerfileText: 'FROM a' });
  expect(content).toEqual({ a: 'A', DOCKERFILE: 'FROM a', '.dockerignore': '*.md\nDOCKERFILE\n' });
});

function stepsOf(...pieces: string[]): BuildProgress[] {
  const progress: BuildProgress[] = [];
  const steps = new ClassicSteps((each) => progress.push(each));
  for (const piece of pieces) steps.read(piece);
  steps.end('done');
  return progress;
}

test('the words of the classic builder become steps', () => {
  const progress = stepsOf(
    'Step 1/2 : FROM busybox\n',
    ' ---> 0123456789ab\nStep 2/2 : RUN echo hi\n ---> Using cac',
    'he\n ---> 0123456789ab\nSuccessfully built 0123456789ab\n',
  );
  expect(progress.map((each) => [each.kind, each.step, each.kind === 'ended' && each.outcome])).toEqual([
    ['started', '1', false],
    ['ended', '1', 'done'],
    ['started', '2', false],
    ['ended', '2', 'cached'],
  ]);
});

test('standard error is told from standard output, and what the builder adds is taken away', () => {
  const progress = stepsOf(
    'Step 1/1 : RUN all\n ---> Running in 0123456789ab\nout\n',
    '\x1b[91merr\n\x1b[0m',
    'open endRemoving intermediate container 0123456789ab\n ---> 0123456789ab\n',
  );
  const output = progress.flatMap((each) =>
    each.kind === 'output' ? [[each.stream, Buffer.from(each.bytes).toString()]] : [],
  );
  expect(output).toEqual([
    ['stdout', 'out\n'],
    ['stderr', 'err\n'],
    ['stdout', 'open end\n'],
  ]);
});

test('the words of Podman become steps too', () => {
  const progress = stepsOf(
    'STEP 1/2: FROM busybox\n',
    'STEP 2/2: RUN echo hi\n--> Using cache 67ec5db7066b\nCOMMIT web\n',
    `--> 67ec5db7066b\nSuccessfully tagged web\n${'a6c79fb4e22362a6'.repeat(4)}\n`,
  );
  expect(progress.map((each) => [each.kind, 'name' in each && each.name])).toEqual([
    ['started', '[1/2] FROM busybox'],
    ['ended', '[1/2] FROM busybox'],
    ['started', '[2/2] RUN echo hi'],
    ['ended', '[2/2] RUN echo hi'],
  ]);
  expect(progress.at(-1)).toMatchObject({ outcome: 'cached' });
});
