import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildSpec } from '../../../src/model/build.js';
import { novelty } from '../../support/build-request.js';
import { hasContainerdStore } from '../../support/image-store.js';
import { hasNewBuildkit, RealBuilder } from '../../support/real-builder.js';

const isNew = await hasNewBuildkit();
const hasContainerd = await hasContainerdStore();

interface Case {
  readonly key: string;
  readonly spec: Partial<BuildSpec>;
  readonly run: string;
  readonly prints: string;
}

const cases: readonly Case[] = [
  { key: 'args', spec: { args: new Map([['WORD', 'a b $c']]) }, run: 'echo "$WORD"', prints: 'a b $c\n' },
  { key: 'network none', spec: { network: 'none' }, run: 'ls /sys/class/net', prints: 'lo\n' },
  {
    key: 'extra_hosts',
    spec: { extraHosts: ['here.example:192.0.2.7'] },
    run: "awk '/here.example/ { print $1 }' /etc/hosts",
    prints: '192.0.2.7\n',
  },
  {
    key: 'shm_size',
    spec: { shmSizeBytes: 8 * 1024 * 1024 },
    run: "df -k /dev/shm | awk 'NR == 2 { print $2 }'",
    prints: '8192\n',
  },
  {
    key: 'ulimits',
    spec: { ulimits: new Map([['nofile', { soft: 500, hard: 600 }]]) },
    run: 'ulimit -Sn; ulimit -Hn',
    prints: '500\n600\n',
  },
];

describe.each([
  ['BuildKit', '1'],
  ['the classic builder', '0'],
])('%s', (_, variable) => {
  let builder: RealBuilder;
  beforeAll(async () => {
    builder = await RealBuilder.connect({ DOCKER_BUILDKIT: variable });
  });
  afterAll(() => builder.close());

  test.each(cases)('$key reaches RUN, or is refused by its name', async ({ key, spec, run, prints }) => {
    const dockerfile = ['FROM busybox', 'ARG WORD', `RUN ${run} # ${novelty()}`];
    const isRefused = !isNew && variable === '1' && ['shm_size', 'ulimits'].includes(key);
    const outcome = isRefused
      ? (await builder.failureOf({ dockerfile, spec })).serviceKey
      : (await builder.build({ dockerfile, spec })).output;
    expect(outcome).toBe(isRefused ? `build.${key}` : prints);
  });

  test('without the cache a build runs again', async () => {
    const dockerfile = ['FROM busybox', `RUN echo ran # ${novelty()}`];
    const first = await builder.build({ dockerfile });
    const cached = await builder.build({ dockerfile });
    const again = await builder.build({ dockerfile, spec: { cache: 'ignore' } });
    expect([first, cached, again].map(({ output }) => output)).toEqual(['ran\n', '', 'ran\n']);
  });

  test('one platform is what the image is for', async () => {
    const name = `platform-${novelty()}`;
    const dockerfile = ['FROM scratch', 'COPY Dockerfile /'];
    await builder.build({ dockerfile, spec: { platforms: ['linux/arm64'] }, build: { names: [name] } });
    const image = await builder.engine.findImage(name);
    await builder.engine.images.remove(name);
    // The classic builder takes its word from the base image, and there is none.
    expect(image?.platform.architecture).toBe(variable === '1' ? 'arm64' : image?.platform.architecture);
  });
});

describe('BuildKit alone', () => {
  let builder: RealBuilder;
  beforeAll(async () => {
    builder = await RealBuilder.connect();
  });
  afterAll(() => builder.close());

  test('runs again the stages that are not to come from the cache', async () => {
    const mark = novelty();
    const dockerfile = [
      `FROM busybox AS one`,
      `RUN echo one > /one; echo one # ${mark}`,
      'FROM busybox AS two',
      `RUN echo two > /two; echo two # ${mark}`,
      'FROM scratch',
      'COPY --from=one /one /',
      'COPY --from=two /two /',
    ];
    await builder.build({ dockerfile });
    const { output } = await builder.build({ dockerfile, spec: { uncachedStages: ['two'] } });
    expect(output).toBe('two\n');
  });

  test('writes a cache into the image, and reads it back', async () => {
    const dockerfile = ['FROM busybox', `RUN echo ran # ${novelty()}`];
    const name = `cache-${novelty()}`;
    const spec = { cacheTo: ['type=inline'], cacheFrom: [name] };
    const { imageId } = await builder.build({ dockerfile, spec, build: { names: [name] } });
    await builder.engine.images.remove(name);
    expect(imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test('refuses a network that it cannot reach, by the key that asks for it', async () => {
    const { kind, serviceKey } = await builder.failureOf({
      dockerfile: ['FROM busybox'],
      spec: { network: 'my_network' },
    });
    expect([kind, serviceKey]).toEqual(['unsupported', 'build.network']);
  });

  test('runs on the network of the host, which has to be allowed', async () => {
    const dockerfile = ['FROM busybox', `RUN ls /sys/class/net # ${novelty()}`];
    const { output } = await builder.build({ dockerfile, spec: { network: 'host' } });
    expect(output).toContain('docker0');
  });

  const needContainerd = [
    ['build.cache_to', { cacheTo: ['type=local,dest=/tmp/nowhere'] }],
    ['build.cache_to', { cacheTo: ['type=registry,ref=registry.invalid/cache'] }],
    ['build.platforms', { platforms: ['linux/amd64', 'linux/arm64'] }],
    ['build.sbom', { sbom: 'true' }],
    ['build.provenance', { provenance: 'mode=max' }],
  ] as const;

  test.each([
    ['build.privileged', { isPrivileged: true }],
    ...(hasContainerd ? [] : needContainerd),
  ] as const)('%s is refused by its name', async (key, spec) => {
    const dockerfile = ['FROM busybox', `RUN true # ${novelty()}`];
    const { kind, serviceKey } = await builder.failureOf({ dockerfile, spec });
    expect([kind, serviceKey]).toEqual(['unsupported', key]);
  });
});
