import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ComposeProject } from '../../../src/client/compose-project.js';
import { loadProject } from '../../../src/client/load-project.js';
import { createMemoryEngine, type StartingContainer, type TestEngine } from '../../../src/testing/index.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-memory-'));
  await writeFile(
    join(folder, 'compose.yaml'),
    'services: { web: { image: busybox, command: [serve], environment: { A: b }, healthcheck: { test: "true" } } }',
  );
});
afterAll(() => rm(folder, { recursive: true }));

function projectOn(engine: TestEngine): Promise<ComposeProject> {
  return loadProject('compose.yaml', { name: 'app', cwd: folder, environment: { HOME: folder }, engine });
}

test('programs are asked for with what the container is', async () => {
  const asked: StartingContainer[] = [];
  const engine = createMemoryEngine({
    images: ['busybox'],
    program(container) {
      asked.push(container);
      return {};
    },
  });
  await (await projectOn(engine)).up();
  const web = { service: 'web', name: 'app-web-1', image: 'busybox', command: ['serve'] };
  expect(asked.at(0)).toEqual({ ...web, environment: new Map([['A', 'b']]) });
});

test('a health check passes unless a program says otherwise', async () => {
  const engine = createMemoryEngine({ images: ['busybox'] });
  const project = await projectOn(engine);
  await project.up({ wait: 'running-or-healthy' });
  engine.setHealth('app-web-1', 'unhealthy');
  expect((await project.ps()).map(({ health }) => health)).toEqual(['unhealthy']);
});

test('what happens to a container by itself is seen', async () => {
  const engine = createMemoryEngine({ images: ['busybox'] });
  const project = await projectOn(engine);
  await project.up();
  engine.print('app-web-1', 'stderr', 'out of memory');
  engine.exit('app-web-1', 137);
  const lines = [];
  for await (const { stream, text } of project.logs()) lines.push(`${stream}: ${text}`);
  expect([lines, (await project.ps()).map(({ exitCode }) => exitCode)]).toEqual([
    ['stderr: out of memory'],
    [137],
  ]);
});

test('an image that is not on it cannot be had until it is', async () => {
  const engine = createMemoryEngine();
  const project = await projectOn(engine);
  await expect(project.up()).rejects.toMatchObject({ code: 'apply/failed' });
  engine.addImage('busybox');
  await project.up();
  expect((await project.ps()).map(({ state }) => state)).toEqual(['running']);
});

test('programs may be run in its containers', async () => {
  const engine = createMemoryEngine({
    images: ['busybox'],
    program: () => ({
      exec: async ({ command }, { write }) => {
        write('stdout', command.join(' '));
        return 3;
      },
    }),
  });
  const stack = await (await projectOn(engine)).up();
  expect(await stack.service('web').exec(['say', 'hello'])).toEqual({
    exitCode: 3,
    stdout: 'say hello',
    stderr: '',
  });
});
