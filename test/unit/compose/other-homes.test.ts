import { expect, test } from 'vitest';
import { down, planDownOf, projectByName, up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { type RecordingEngine, recordCalls } from '../../../src/engine/recording-engine.js';
import { kill, planChange, restart, stop } from '../../../src/lifecycle.js';
import type { Project } from '../../../src/model/project.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { BlockedError } from '../../../src/problems/errors.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

/** All of these are there. */
const places = { realPath: async (path: string) => (path.startsWith('/gone') ? undefined : path) };
const taking = {
  services: [],
  orphans: 'remove',
  volumes: 'keep',
  images: 'keep',
  stopTimeoutSec: 0,
} as const;

/** A project `app` of a directory, with services of these names. */
function from(directory: string, services: readonly string[], file = 'compose.yaml'): Project {
  const project = projectOf({ services: Object.fromEntries(services.map((name) => [name, {}])) });
  return { ...project, workingDir: directory, configFiles: [`${directory}/${file}`] };
}

/** An engine on which that project runs. */
async function running(project: Project): Promise<RecordingEngine> {
  const engine = recordCalls(new MemoryEngine({ images: ['busybox'], registry: ['web:2'] }));
  await up(project, defaultUpPolicy, sessionOn(engine));
  engine.reset();
  return engine;
}

const there = from('/there', ['web']);
const here = from('/here', ['web']);

test('the files of another directory stop every change before it begins, with both places', async () => {
  const engine = await running(there);
  const session = sessionOn(engine, { places });
  const attempts = await Promise.allSettled([
    up(here, defaultUpPolicy, session),
    down(here, taking, session),
    stop(here, { services: [], timeoutSec: 0 }, session),
    kill(here, { services: [], unixSignal: 'KILL', orphans: 'keep' }, session),
    restart(here, { services: [], dependents: 'with-dependents', timeoutSec: 0 }, 'report', session),
  ]);
  const reasons = attempts.map((attempt) => (attempt.status === 'rejected' ? attempt.reason : undefined));
  const told = reasons.map((reason) =>
    reason instanceof BlockedError ? reason.diagnostics[0]?.evidence : reason,
  );
  const evidence = ['here:  /here/compose.yaml', 'there: /there/compose.yaml  (app-web-1)'];
  expect({ told, changes: engine.changes }).toEqual({ told: attempts.map(() => evidence), changes: [] });
});

test('not even an image is pulled for a project that is refused', async () => {
  const engine = await running(there);
  const attempt = up(here, { ...defaultUpPolicy, pull: 'always' }, sessionOn(engine, { places }));
  await expect(attempt).rejects.toThrow(BlockedError);
  expect(engine.changes).toEqual([]);
});

test('who adopts goes on with the containers that are there', async () => {
  const engine = await running(there);
  const { plan } = await up(here, { ...defaultUpPolicy, elsewhere: 'adopt' }, sessionOn(engine, { places }));
  expect({ steps: plan.steps, notes: plan.notes.filter(({ kind }) => kind === 'adopted') }).toEqual({
    steps: [],
    notes: [{ kind: 'adopted', files: '/there/compose.yaml', names: ['app-web-1'] }],
  });
});

test('a project whose directory is gone has moved, and goes on', async () => {
  const engine = await running(from('/gone', ['web']));
  const { plan } = await up(here, defaultUpPolicy, sessionOn(engine, { places }));
  expect({ steps: plan.steps, notes: plan.notes.filter(({ kind }) => kind === 'moved') }).toEqual({
    steps: [],
    notes: [{ kind: 'moved', files: '/gone/compose.yaml', names: ['app-web-1'] }],
  });
});

test('what other files of the directory made is no orphan of these', async () => {
  const engine = await running(from('/here', ['db'], 'db.yaml'));
  const session = sessionOn(engine, { places });
  const { plan } = await up(here, { ...defaultUpPolicy, orphans: 'remove' }, session);
  await kill(here, { services: [], unixSignal: 'KILL', orphans: 'kill' }, session);
  await down(here, taking, session);
  expect({
    notes: plan.notes.filter(({ kind }) => kind !== 'kept'),
    left: (await engine.listContainers('app')).map(({ name, state }) => `${name} ${state}`),
  }).toEqual({
    notes: [{ kind: 'other-files', files: '/here/db.yaml', names: ['app-db-1'] }],
    left: ['app-db-1 running'],
  });
});

test('what these files once made is an orphan, also under another name of the file', async () => {
  const engine = await running(from('/here', ['web', 'old'], 'all.yaml'));
  await up(here, { ...defaultUpPolicy, orphans: 'remove' }, sessionOn(engine, { places }));
  expect((await engine.listContainers('app')).map(({ name }) => name)).toEqual(['app-web-1']);
});

test('by its name alone everything of a project is meant, wherever it was made', async () => {
  const engine = await running(there);
  await up(from('/here', ['db'], 'db.yaml'), { ...defaultUpPolicy, orphans: 'ignore' }, sessionOn(engine));
  const session = sessionOn(engine, { places });
  const byName = await projectByName('app', session);
  const plans = await Promise.all([
    planDownOf(byName, taking, session),
    planChange(byName, { kind: 'stop', services: [], timeoutSec: 0 }, session),
  ]);
  expect(
    plans.map(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'stop-container' ? step.container.name : [])).sort(),
    ),
  ).toEqual([
    ['app-db-1', 'app-web-1'],
    ['app-db-1', 'app-web-1'],
  ]);
});
