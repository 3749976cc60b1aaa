import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodePrograms } from '../../../src/host/node-programs.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'tscompose-host-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function program(path: string, text = '', mode = 0o755): Promise<void> {
  const file = join(home, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, mode);
}

async function found(name: string, environment: Record<string, string> = {}): Promise<string | undefined> {
  const variables = new Map(Object.entries({ PATH: join(home, 'bin'), ...environment }));
  return (await nodePrograms({ environment: variables, homeDir: home }).find(name))?.slice(home.length + 1);
}

test("docker's plugin is found before a program of that name in PATH", async () => {
  await program('.docker/cli-plugins/docker-cloud');
  await program('bin/cloud');
  await program('bin/other');
  expect(await Promise.all(['cloud', 'other', 'nobody'].map((name) => found(name)))).toEqual([
    '.docker/cli-plugins/docker-cloud',
    'bin/other',
    undefined,
  ]);
});

test('a plugin is found where DOCKER_CONFIG and its config.json say', async () => {
  await program('conf/cli-plugins/docker-a');
  await program('extra/docker-b');
  await writeFile(
    join(home, 'conf/config.json'),
    JSON.stringify({ cliPluginsExtraDirs: [join(home, 'extra')] }),
  );
  const environment = { DOCKER_CONFIG: join(home, 'conf') };
  expect(await Promise.all(['a', 'b'].map((name) => found(name, environment)))).toEqual([
    'conf/cli-plugins/docker-a',
    'extra/docker-b',
  ]);
});

test('what cannot be executed and what is a path is no program', async () => {
  await program('bin/cloud', '', 0o644);
  await program('bin/tool');
  expect(await Promise.all(['cloud', '../bin/tool', ''].map((name) => found(name)))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a program gets its variables on top of the inherited ones, and tells lines, last words and exit code', async () => {
  await program('bin/tool', 'echo "$1 $A $B"; echo two; echo oops >&2; exit 3');
  const programs = nodePrograms({
    environment: new Map([
      ['PATH', `${join(home, 'bin')}:/usr/bin:/bin`],
      ['A', 'a'],
      ['B', 'b'],
    ]),
    homeDir: home,
  });
  const lines: string[] = [];
  const end = await programs.run({
    path: join(home, 'bin/tool'),
    args: ['x'],
    environment: new Map([['B', 'c']]),
    onLine: (line) => void lines.push(line),
  });
  expect({ lines, end }).toEqual({ lines: ['x a c', 'two'], end: { exitCode: 3, errorLines: ['oops'] } });
});

test('an aborted signal ends a program that runs', async () => {
  await program('bin/tool', 'echo ready; exec sleep 600');
  const programs = nodePrograms({ environment: new Map([['PATH', '/usr/bin:/bin']]), homeDir: home });
  const abort = new AbortController();
  const call = {
    path: join(home, 'bin/tool'),
    args: [],
    environment: new Map(),
    onLine: () => abort.abort(),
  };
  await expect(programs.run(call, abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
});
