import { describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { fakeCliIo } from '../../support/fake-cli-io.js';

const files = {
  'compose.yaml': `
name: app
services:
  web: { build: ./web, command: sleep, depends_on: [api] }
  api: { build: ./api }
  plain: { image: busybox }
`,
  'web/Dockerfile': 'FROM busybox\nARG MODE\nRUN echo $MODE\n',
  'api/Dockerfile': 'FROM busybox as base\nRUN true\n',
};

async function tscompose(words: string, given: Partial<typeof files> & Record<string, string> = {}) {
  const engine = recordCalls(new MemoryEngine({ images: ['busybox'] }));
  const io = fakeCliIo({ files: { ...files, ...given }, environment: { FROM_HERE: 'here' } }, engine);
  const exitCode = await main(
    words.split(' ').filter((word) => word !== ''),
    io,
  );
  const builds = engine.changes.flatMap(({ method, about }) => (method === 'builds.build' ? [about] : []));
  return { exitCode, ...io.written, builds: builds.sort(), engine };
}

describe('build', () => {
  test('builds all services that have a build, and starts nothing', async () => {
    const { exitCode, stdout, builds, engine } = await tscompose('build');
    expect({ exitCode, stdout, builds, containers: await engine.listContainers('app') }).toEqual({
      exitCode: 0,
      stdout: '',
      builds: ['api', 'web'],
      containers: [],
    });
  });

  test.each([
    ['build web', ['web']],
    ['build --with-dependencies web', ['api', 'web']],
    ['build plain', []],
    ['build --dry-run web', []],
    ['build --check web', []],
    ['build --print web', []],
  ])('%s builds %j', async (words, expected) => {
    const { exitCode, builds } = await tscompose(words);
    expect({ exitCode, builds }).toEqual({ exitCode: 0, builds: expected });
  });

  test('tells its progress on stderr', async () => {
    const { stderr } = await tscompose('build --build-arg MODE=fast web');
    expect(stderr).toBe(
      [
        ' Image app-web  Building',
        '#1 [web] FROM busybox',
        '#1 DONE 0.0s',
        '#2 [web] ARG MODE',
        '#2 DONE 0.0s',
        '#3 [web] RUN echo fast',
        '#3 0.000 fast',
        '#3 DONE 0.0s',
        ' Image app-web  Built',
        '',
      ].join('\n'),
    );
  });

  test('says what made it fail once: in the end', async () => {
    const { stderr } = await tscompose('build web', { 'web/Dockerfile': 'FROM busybox\nRUN exit 3\n' });
    expect(stderr.split('did not complete successfully')).toHaveLength(2);
  });

  test('says nothing with --quiet, but what fails', async () => {
    const good = await tscompose('build -q web');
    const bad = await tscompose('build -q web', { 'web/Dockerfile': 'FROM busybox\nRUN false\n' });
    expect({ good: good.stderr, bad: bad.stderr, exitCode: bad.exitCode }).toEqual({
      good: '',
      bad: expect.stringMatching(/^compose.yaml:4:10 {2}engine\/build-failed .*exit code: 1\n/),
      exitCode: 1,
    });
  });

  test('says when there is nothing to build', async () => {
    const { exitCode, stderr } = await tscompose('build plain');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'warning  No services to build\n' });
  });

  test('--check prints what it finds with the lines, and fails then', async () => {
    const { exitCode, stdout } = await tscompose('build --check');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: `api

Check complete, 1 warning has been found!

WARNING: FromAsCasing
'as' and 'FROM' keywords' casing do not match
Dockerfile:1
--------------------
   1 | >>> FROM busybox as base
   2 |     RUN true
--------------------

web

Check complete, no warnings found.
`,
    });
  });

  test('a dry run says what would be built', async () => {
    const { stdout } = await tscompose('build --dry-run web');
    expect(stdout).toBe('#1 build image app-web    requested\n');
  });

  test.each([
    ['build --builder other web', 'no builder "other" found'],
    ['build --ssh nonsense web', 'invalid ssh key "nonsense"'],
    ['build nobody', 'no such service: nobody'],
    ['up --build --no-build', '--build and --no-build are incompatible'],
    ['up --build=stale --no-build', '--build and --no-build are incompatible'],
  ])('%s is refused: %s', async (words, message) => {
    const { exitCode, stderr, builds } = await tscompose(words);
    expect({ exitCode, isSaid: stderr.includes(message), builds }).toEqual({
      exitCode: 1,
      isSaid: true,
      builds: [],
    });
  });

  test.each(['--builder default', '--compress', '--force-rm', '--no-rm', '--parallel', '--progress plain'])(
    'accepts %s, which changes nothing',
    async (flag) => {
      const { exitCode, builds } = await tscompose(`build ${flag} web`);
      expect({ exitCode, builds }).toEqual({ exitCode: 0, builds: ['web'] });
    },
  );

  test('a bare --build-arg takes its value from the environment, and one that is nowhere is left out', async () => {
    const { stdout } = await tscompose('build --print --build-arg FROM_HERE --build-arg NOWHERE web');
    const bake = JSON.parse(stdout) as { target: { web: { args: unknown } } };
    expect(bake.target.web.args).toEqual({ FROM_HERE: 'here' });
  });
});

describe('up', () => {
  test.each([
    ['up -d', ['api', 'web']],
    ['up -d --no-deps web', ['web']],
    ['up -d --build=stale web', ['api', 'web']],
    ['up web --build=stale -d', ['api', 'web']],
    ['create --build web', ['api', 'web']],
    ['run -d --build --no-deps web', ['web']],
    ['up -d --quiet-build web', ['api', 'web']],
  ])('%s builds %j', async (words, expected) => {
    const { exitCode, builds } = await tscompose(words);
    expect({ exitCode, builds }).toEqual({ exitCode: 0, builds: expected });
  });

  test('--build does not take the next word for its value', async () => {
    expect((await tscompose('up -d --no-deps --build api')).builds).toEqual(['api']);
  });

  test('--quiet-build leaves out how builds go on', async () => {
    const { stderr } = await tscompose('up -d --no-deps --quiet-build api');
    expect(stderr).toBe(
      [
        ' Image app-api  Built',
        ' Network app_default  Created',
        ' Container app-api-1  Created',
        ' Container app-api-1  Started',
        'Done in 0.0 s',
        '  built    1  image app-api',
        '  created  2  app-api-1, network app_default',
        '',
      ].join('\n'),
    );
  });
});

describe('plan --build=stale', () => {
  async function planAfter(change: Readonly<Record<string, string>>) {
    const engine = new MemoryEngine({ images: ['busybox'] });
    const run = async (words: readonly string[], more: Readonly<Record<string, string>>) => {
      const io = fakeCliIo({ files: { ...files, ...more } }, engine);
      return { exitCode: await main([...words], io), stdout: io.written.stdout };
    };
    await run(['up', '-d', 'plain', 'api'], {});
    return run(['plan', '--build=stale', 'plain', 'api'], change);
  }

  test('ends with 2 when an image would be built, and with 0 when none would', async () => {
    expect([await planAfter({ 'api/Dockerfile': 'FROM busybox\n' }), await planAfter({})]).toEqual([
      {
        exitCode: 2,
        stdout: '! image app-api  is built first (Dockerfile changed): another image may change more\n',
      },
      { exitCode: 0, stdout: 'nothing to do: project "app" is as its files say\n' },
    ]);
  });
});
