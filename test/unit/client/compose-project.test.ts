import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadProject, type ProjectOptions } from '../../../src/client/load-project.js';
import type { ProjectSource } from '../../../src/client/project-source.js';
import { defineCompose } from '../../../src/define/define-compose.js';
import type { Program } from '../../../src/engine/memory/memory-container.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';

const text = `
name: app
services:
  web:
    image: busybox
    ports: ["8080:80"]
    depends_on: { migrate: { condition: service_completed_successfully } }
  migrate: { image: busybox, restart: "no" }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tscompose-client-'));
  await writeFile(join(folder, 'compose.yaml'), text);
  await writeFile(join(folder, 'broken.yaml'), 'services: { web: { image: 1, ports: nonsense } }');
});
afterAll(() => rm(folder, { recursive: true }));

const programs: Readonly<Record<string, Program>> = {
  migrate: { exitCode: 0, output: [{ stream: 'stdout', text: 'migrated' }] },
  web: { output: [{ stream: 'stdout', text: 'listening' }] },
};

/** A project on an engine of its own, in a home of its own. */
function open(source: ProjectSource = [], more: Partial<ProjectOptions> = {}) {
  const engine = new MemoryEngine({
    images: ['busybox'],
    program: (spec) => programs[spec.service.name] ?? {},
  });
  return loadProject(source, { cwd: folder, environment: { HOME: folder }, engine, ...more });
}

test('a project is found as the command finds it, with the name that is asked for', async () => {
  const [found, named] = [await open(), await open('compose.yaml', { name: 'other' })];
  expect([found.name, [...found.model.services.keys()], named.name]).toEqual([
    'app',
    ['migrate', 'web'],
    'other',
  ]);
});

test('all that is wrong with the files is thrown at once, each with its place', async () => {
  const error = await open('broken.yaml').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'ConfigError',
    diagnostics: [
      { severity: 'error', span: { file: join(folder, 'broken.yaml'), line: 1 } },
      { severity: 'error', span: { file: join(folder, 'broken.yaml'), line: 1 } },
    ],
  });
});

test('a plan is empty after an up, and everything that happened was told', async () => {
  const project = await open();
  const kinds: string[] = [];
  const before = (await project.plan()).steps.length;
  await project.up({ onEvent: ({ kind }) => kinds.push(kind) });
  const after = (await project.plan()).steps.filter(({ service }) => service !== 'migrate');
  expect([before > 0, after, kinds.at(0), kinds.at(-1)]).toEqual([true, [], 'plan-started', 'plan-ended']);
});

test('a stack gives endpoints and containers by service, and the results of its jobs', async () => {
  const stack = await (await open()).up();
  const { exitCode, output } = await stack.job('migrate').result;
  const endpoint = await stack.service('web').endpoint(80);
  const names = (await stack.service('web').containers()).map(({ name }) => name);
  expect({ exitCode, output, endpoint: endpoint.url(), names }).toEqual({
    exitCode: 0,
    output: 'migrated\n',
    endpoint: 'http://127.0.0.1:8080',
    names: ['app-web-1'],
  });
});

test('a service that is not in the files is refused with the one that may be meant', async () => {
  const stack = (await open()).stack();
  expect(() => stack.service('wep')).toThrow(
    expect.objectContaining({ code: 'usage/unknown-service', hint: 'did you mean "web"?' }),
  );
});

test('a stack that was brought up with `await using` is gone after its block', async () => {
  const project = await open();
  let during: readonly string[] = [];
  {
    await using _stack = await project.up();
    during = (await project.ps()).map(({ name }) => name);
  }
  expect([during, await project.ps()]).toEqual([['app-migrate-1', 'app-web-1'], []]);
});

test('logs end by themselves, as objects with service, replica, stream and time', async () => {
  const project = await open();
  await project.up();
  const lines = [];
  for await (const { time, ...line } of project.logs({ services: ['web'] }))
    lines.push({ ...line, isDated: !Number.isNaN(time.getTime()) });
  expect(lines).toEqual([
    { service: 'web', container: 'app-web-1', number: 1, stream: 'stdout', text: 'listening', isDated: true },
  ]);
});

test('logs that are followed end with the loop of their reader', async () => {
  const project = await open();
  await project.up();
  const texts: string[] = [];
  for await (const { text: line } of project.logs({ follow: true })) {
    texts.push(line);
    if (texts.length === 2) break;
  }
  expect(texts.sort()).toEqual(['listening', 'migrated']);
});

test('a plan is carried out as it was made, and refused once things have changed', async () => {
  const project = await open();
  const planned = await project.plan();
  await project.up();
  await expect(project.apply(planned)).rejects.toMatchObject({ code: 'plan/outdated' });
  await project.down();
  await project.apply(await project.plan());
  expect((await project.ps()).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'app-migrate-1 exited',
    'app-web-1 running',
  ]);
});

test('a plan of another project is refused', async () => {
  const planned = await (await open()).plan();
  await expect((await open()).apply(planned)).rejects.toMatchObject({ code: 'usage/invalid' });
});

test('an operation whose signal was aborted rejects with a CancelledError, and the next one goes on', async () => {
  const project = await open();
  const abort = new AbortController();
  const first = project.up({
    signal: abort.signal,
    onEvent: ({ kind }) => kind === 'step-done' && abort.abort(),
  });
  await expect(first).rejects.toMatchObject({ name: 'CancelledError' });
  await project.up();
  expect((await project.ps()).map(({ state }) => state)).toEqual(['exited', 'running']);
});

test('a change waits for another of the same project in this process', async () => {
  const project = await open();
  const spans: string[] = [];
  const note = (who: string) => (kind: string) =>
    kind.startsWith('plan-') ? spans.push(`${who} ${kind}`) : 0;
  await Promise.all([
    project.up({ onEvent: ({ kind }) => note('a')(kind) }),
    project.up({ onEvent: ({ kind }) => note('b')(kind) }),
  ]);
  expect(spans.map((span) => span.slice(2))).toEqual([
    'plan-started',
    'plan-ended',
    'plan-started',
    'plan-ended',
  ]);
});

test('what is kept by the loop is told until its reader leaves, and is there then', async () => {
  const project = await open();
  for await (const { kind } of project.reconcile()) if (kind === 'pass-ended') break;
  expect((await project.ps()).map(({ name }) => name)).toEqual(['app-migrate-1', 'app-web-1']);
});

test('a number of replicas that is asked for counts instead of that of the files', async () => {
  const project = await open();
  const stack = await project.up({ scale: { migrate: 3 } });
  expect(await stack.service('migrate').containers()).toHaveLength(3);
});

test('a project is loaded from a definition, whose texts are what they are', async () => {
  const project = await open(
    defineCompose(({ env }) => ({
      name: 'defined',
      services: {
        web: { image: 'busybox', command: ['echo', '$HOME ${HOME}'], labels: { home: env.HOME ?? '' } },
      },
    })),
  );
  const web = project.model.services.get('web');
  expect([project.name, web?.command, web?.labels.get('home')]).toEqual([
    'defined',
    ['echo', '$HOME ${HOME}'],
    folder,
  ]);
});

test('a definition with mistakes is refused with what is wrong with it', async () => {
  const definition = { services: { web: { image: 1, ports: 'nonsense' } } };
  await expect(open(definition)).rejects.toMatchObject({ code: 'config/wrong-type' });
});
