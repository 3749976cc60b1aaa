import { describe, expect, test } from 'vitest';
import type { BuildSpec } from '../../../src/model/build.js';
import type { ServiceSpec } from '../../../src/model/service.js';
import { ApplyError, BlockedError } from '../../../src/problems/errors.js';
import { BuildWorld, builtProject } from '../../support/build-world.js';

const files = { '/web/Dockerfile': 'FROM busybox\nCOPY file /\n', '/web/file': 'one' };

const web = (spec: Partial<BuildSpec> = {}, service: Partial<ServiceSpec> = {}) =>
  builtProject({ web: { spec, ...service } });

/** What a call throws, as one line for each problem. */
async function refusal(call: Promise<unknown>): Promise<string[]> {
  try {
    await call;
    return [];
  } catch (error) {
    if (error instanceof BlockedError || error instanceof ApplyError)
      return error.diagnostics.map(({ message }) => message);
    throw error;
  }
}

describe('an image that is not here', () => {
  test('is built before its container is made, and not again', async () => {
    const world = new BuildWorld(files);
    expect([await world.up(web()), await world.up(web())]).toEqual([['build web', 'create app-web-1'], []]);
  });

  test('is not built for a service without containers', async () => {
    expect(await new BuildWorld(files).up(web({}, { replicas: 0 }))).toEqual([]);
  });

  test('is a step of the plan, which everything else comes after', async () => {
    const project = builtProject({
      web: {},
      other: { image: 'busybox', build: undefined as never },
    });
    expect(await new BuildWorld(files).planText(project)).toEqual([
      '#1 build image app-web                    not here',
      '#2 create network app_default    after 1  not found',
      '#3 create container app-web-1    after 1  not found',
      '#4 start container app-web-1     after 3  created by #3',
      '#5 create container app-other-1  after 1  not found',
      '#6 start container app-other-1   after 5  created by #5',
    ]);
  });

  test('whose build fails leaves everything as it is', async () => {
    const world = new BuildWorld({ '/web/Dockerfile': 'FROM busybox\nRUN false\n' });
    const project = builtProject({ web: {}, other: { image: 'busybox', build: undefined as never } });
    const said = await refusal(world.up(project));
    expect({ said, done: world.done }).toEqual({
      said: [
        'cannot build service "web": process "/bin/sh -c false" did not complete successfully: exit code: 1',
      ],
      done: ['build web'],
    });
  });

  test('and is not to be built is a problem before anything is changed', async () => {
    const world = new BuildWorld(files);
    const said = await refusal(world.up(web(), { build: 'never' }));
    expect({ said, done: world.done }).toEqual({
      said: ['no such image: app-web of service "web" is not here, and it is not to be built'],
      done: [],
    });
  });

  test('whose context is not there is a problem before anything is changed', async () => {
    const world = new BuildWorld({});
    const said = await refusal(world.up(web()));
    expect({ said, done: world.done }).toEqual({
      said: ['unable to prepare context: path "/web" not found'],
      done: [],
    });
  });

  test('is built by the service that has a build for all that share it', async () => {
    const project = builtProject({
      a: { image: 'shared', build: undefined as never },
      web: { image: 'shared' },
    });
    expect(await new BuildWorld(files).up(project)).toEqual([
      'pull shared',
      'build web',
      'create app-a-1',
      'create app-web-1',
    ]);
  });
});

test('a build that fails keeps containers of other builds from being made', async () => {
  const world = new BuildWorld({ ...files, '/bad/Dockerfile': 'FROM busybox\nRUN exit 3\n' });
  await refusal(world.up(builtProject({ web: {}, bad: {} })));
  expect(world.done.sort()).toEqual(['build bad', 'build web']);
});

describe('an image with a name of its own that is not here', () => {
  const named = web({}, { image: 'registry.example/web:1' });

  test('is pulled and not built when a registry has it', async () => {
    expect(await new BuildWorld(files, ['registry.example/web:1']).up(named)).toEqual([
      'pull registry.example/web:1',
      'create app-web-1',
    ]);
  });

  test('is built when no registry has it', async () => {
    expect(await new BuildWorld(files).up(named)).toEqual([
      'pull registry.example/web:1',
      'build web',
      'create app-web-1',
    ]);
  });

  test('is not asked for at registries when a build is asked for', async () => {
    const world = new BuildWorld(files, ['registry.example/web:1']);
    expect(await world.up(named, { build: 'always' })).toEqual(['build web', 'create app-web-1']);
  });

  test.each([
    ['never', ['build web', 'create app-web-1']],
    ['build', ['build web', 'create app-web-1']],
    ['always', ['pull registry.example/web:1', 'create app-web-1']],
  ] as const)('with the pull policy %s is pulled or not', async (kind, done) => {
    const project = web({}, { image: 'registry.example/web:1', pullPolicy: { kind } });
    expect(await new BuildWorld(files, ['registry.example/web:1']).up(project)).toEqual(done);
  });

  test('is pulled when it is not to be built', async () => {
    const world = new BuildWorld(files, ['registry.example/web:1']);
    expect(await world.up(named, { build: 'never' })).toEqual([
      'pull registry.example/web:1',
      'create app-web-1',
    ]);
  });
});

test('an image that one service pulls and another builds is built when no registry has it', async () => {
  const project = builtProject({
    a: { image: 'registry.example/x', build: undefined as never, pullPolicy: { kind: 'always' } },
    web: { image: 'registry.example/x' },
  });
  expect(await new BuildWorld(files).up(project)).toEqual([
    'pull registry.example/x',
    'build web',
    'create app-a-1',
    'create app-web-1',
  ]);
});

describe('an image that is here', () => {
  test('is built when it is asked for, and its container stays when nothing has changed', async () => {
    const world = new BuildWorld(files);
    await world.up(web());
    expect(await world.up(web(), { build: 'always' })).toEqual(['build web']);
  });

  test('that a build changes gives its service another container', async () => {
    const world = new BuildWorld(files);
    await world.up(web());
    world.tree.set('/web/file', 'two');
    expect(await world.up(web(), { build: 'always' })).toEqual([
      'build web',
      expect.stringMatching(/^create .*app-web-1$/),
    ]);
  });

  test('is built with each up where the pull policy says so', async () => {
    const world = new BuildWorld(files);
    const project = web({}, { pullPolicy: { kind: 'build' } });
    await world.up(project);
    expect(await world.up(project)).toEqual(['build web']);
  });

  test('is not built when a build fails to be asked for', async () => {
    const world = new BuildWorld(files);
    await world.up(web());
    world.tree.set('/web/file', 'two');
    expect(await world.up(web())).toEqual([]);
  });

  test('keeps its container when a build changes only what is written about it', async () => {
    const world = new BuildWorld(files);
    const inline = { dockerfileInline: 'FROM busybox\n' };
    await world.up(web(inline));
    const [first] = await world.engine.listContainers('app');
    const done = await world.up(web({ ...inline, tags: ['again'] }), { build: 'always' });
    expect({ done, id: (await world.engine.listContainers('app'))[0]?.id }).toEqual({
      done: ['build web'],
      id: first?.id,
    });
  });
});

describe('what an image was built from', () => {
  const args = (mode: string) => ({ args: new Map([['MODE', mode]]) });

  async function changed(change: (world: BuildWorld) => void, spec: Partial<BuildSpec> = args('a')) {
    const world = new BuildWorld(files);
    await world.up(web(args('a')));
    change(world);
    const text = await world.planText(web(spec));
    return { text, stale: await world.up(web(spec), { build: 'stale' }) };
  }

  test('is as it was: nothing is built', async () => {
    expect(await changed(() => {})).toEqual({ text: [''], stale: [] });
  });

  test.each<[string, (world: BuildWorld) => void, Partial<BuildSpec>, string]>([
    ['a file', ({ tree }) => tree.set('/web/file', 'two'), args('a'), 'context changed: 1 file (file)'],
    [
      'the Dockerfile',
      ({ tree }) => tree.set('/web/Dockerfile', 'FROM busybox\n'),
      args('a'),
      'Dockerfile changed',
    ],
    ['an argument', () => {}, args('b'), 'arg MODE changed'],
    [
      'several things',
      ({ tree }) => tree.set('/web/a', '').set('/web/b', ''),
      { ...args('b'), target: undefined },
      'context changed: 2 files (a, b), arg MODE changed',
    ],
  ])('has changed: %s, which plan tells and --build=stale builds', async (_what, change, spec, told) => {
    const { text, stale } = await changed(change, spec);
    expect({ text, stale }).toEqual({
      text: [`! image app-web  is not what the files make now (${told}); up --build=stale builds it`],
      stale: ['build web', expect.stringMatching(/^create .*app-web-1$/)],
    });
  });

  test('is told as the reason of a build that comes before the plan', async () => {
    const world = new BuildWorld(files);
    await world.up(web());
    world.tree.set('/web/file', 'two');
    expect(await world.planText(web(), { build: 'stale' })).toEqual([
      '! image app-web  is built first (context changed: 1 file (file)): another image may change more',
    ]);
  });

  test('is not known of an image that somebody else built: --build=stale builds it', async () => {
    const world = new BuildWorld(files);
    await world.up(web());
    const image = await world.engine.findImage('app-web');
    const strange = new BuildWorld(files, ['app-web']);
    await strange.engine.pullImage('app-web', {});
    const done = await strange.up(web(), { build: 'stale' });
    expect({ done, isLabelled: [...(image?.labels.keys() ?? [])].some((key) => /inputs/.test(key)) }).toEqual(
      {
        done: ['build web', 'create app-web-1'],
        isLabelled: true,
      },
    );
  });

  test('is not known where it must be fetched: --build=stale builds it each time', async () => {
    const world = new BuildWorld(files);
    const project = web({ context: 'https://example.org/app.git', dockerfileInline: 'FROM busybox' });
    await world.up(project);
    expect(await world.up(project, { build: 'stale' })).toEqual(['build web']);
  });
});

describe('builds that need each other', () => {
  const both = {
    '/base/Dockerfile': 'FROM busybox\nCOPY tool /\n',
    '/base/tool': '1',
    '/web/Dockerfile': 'FROM app-base\n',
  };
  const project = (spec: Partial<BuildSpec> = {}) => builtProject({ web: { spec }, base: { replicas: 0 } });

  test('are built in order, the image of the Dockerfile first, also for a service without containers', async () => {
    expect(await new BuildWorld(both).up(project())).toEqual(['build base', 'build web', 'create app-web-1']);
  });

  test('are built in order when the file names a service as a context', async () => {
    const world = new BuildWorld({ ...both, '/web/Dockerfile': 'FROM busybox\nCOPY --from=lib /tool /\n' });
    const spec = { additionalContexts: new Map([['lib', 'service:base']]) };
    expect(await world.up(project(spec))).toEqual(['build base', 'build web', 'create app-web-1']);
  });

  test('are stale together', async () => {
    const world = new BuildWorld(both);
    await world.up(project());
    world.tree.set('/base/tool', '2');
    expect(await world.planText(project(), { build: 'stale' })).toEqual([
      '! image app-base  is built first (context changed: 1 file (tool)): another image may change more',
      '! image app-web  is built first (service base changed): another image may change more',
    ]);
  });

  test('end with the first that fails, and independent ones go on', async () => {
    const world = new BuildWorld({
      ...both,
      '/base/Dockerfile': 'FROM busybox\nRUN false\n',
      '/alone/Dockerfile': 'FROM busybox\n',
    });
    const three = builtProject({ web: {}, base: {}, alone: {} });
    await refusal(world.up(three, { build: 'always' }));
    expect(world.done.sort()).toEqual(['build alone', 'build base']);
  });

  test('in a circle are built as they come', async () => {
    const world = new BuildWorld({
      '/web/Dockerfile': 'FROM busybox\nCOPY --from=app-base / /\n',
      '/base/Dockerfile': 'FROM busybox\nCOPY --from=app-web / /\n',
    });
    expect((await world.up(builtProject({ web: {}, base: {} }))).slice(0, 2)).toEqual([
      'build base',
      'build web',
    ]);
  });

  test('and are the same are built once', async () => {
    const world = new BuildWorld(files);
    const spec = { context: '/web' };
    const twins = builtProject({ a: { spec, image: 'app-twin' }, b: { spec, image: 'app-twin' } });
    const done = await world.up(twins);
    expect(done.filter((line) => line.startsWith('build'))).toEqual(['build a']);
  });
});
