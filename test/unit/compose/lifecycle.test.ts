import { describe, expect, test } from 'vitest';
import { up } from '../../../src/compose.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import {
  kill,
  pause,
  planRestartOf,
  removeContainers,
  restart,
  start,
  stop,
} from '../../../src/lifecycle.js';
import type { Project } from '../../../src/model/project.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { WaitTimeoutError } from '../../../src/problems/errors.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const all = { services: [], timeoutSec: undefined } as const;
const restartAll = { ...all, dependents: 'with-dependents' } as const;
const project = (mode: string): Project =>
  projectOf({ services: { web: { environment: new Map([['MODE', mode]]) }, db: {} } });

async function running(of: Project): Promise<MemoryEngine> {
  const engine = new MemoryEngine({ images: ['busybox'] });
  await up(of, defaultUpPolicy, sessionOn(engine));
  return engine;
}

async function statesOf(engine: MemoryEngine): Promise<string[]> {
  return (await engine.listContainers('app')).map(({ name, state }) => `${name} ${state}`);
}

describe('what is done to containers that are there', () => {
  test('stop and start keep the containers', async () => {
    const engine = await running(project('one'));
    const before = (await engine.listContainers('app')).map(({ id }) => id);
    await stop(project('one'), all, sessionOn(engine));
    const stopped = await statesOf(engine);
    await start(project('one'), { services: [], wait: 'none' }, sessionOn(engine));
    expect({
      stopped,
      started: await statesOf(engine),
      isSame: (await engine.listContainers('app')).every(({ id }) => before.includes(id)),
    }).toEqual({
      stopped: ['app-db-1 exited', 'app-web-1 exited'],
      started: ['app-db-1 running', 'app-web-1 running'],
      isSame: true,
    });
  });

  test('kill ends what is paused too', async () => {
    const engine = await running(project('one'));
    await pause(project('one'), ['web'], sessionOn(engine));
    const policy = { services: [], unixSignal: 'SIGKILL', orphans: 'keep' } as const;
    await kill(project('one'), policy, sessionOn(engine));
    expect(await statesOf(engine)).toEqual(['app-db-1 exited', 'app-web-1 exited']);
  });

  test('a container that runs is not removed unless it may be stopped', async () => {
    const engine = await running(project('one'));
    await stop(project('one'), { services: ['db'], timeoutSec: undefined }, sessionOn(engine));
    const policy = { ...all, running: 'keep', anonymousVolumes: 'keep' } as const;
    await removeContainers(project('one'), policy, sessionOn(engine));
    expect(await statesOf(engine)).toEqual(['app-web-1 running']);
  });

  test('a plan costs one list and no change', async () => {
    const recording = recordCalls(await running(project('one')));
    await stop(project('one'), { services: ['nobody'], timeoutSec: undefined }, sessionOn(recording)).catch(
      () => undefined,
    );
    expect(recording.calls.map(({ method }) => method)).toEqual(['listContainers']);
  });
});

describe('a restart', () => {
  test('names the attributes that the files have differently', async () => {
    const engine = await running(project('one'));
    const { notes } = await planRestartOf(project('two'), restartAll, 'report', { engine });
    expect(
      notes.map((note) =>
        note.kind === 'service-differs' ? [note.service, ...note.changes.map(({ path }) => path)] : note.kind,
      ),
    ).toEqual([['web', 'environment.MODE']]);
  });

  test('with apply recreates what differs and restarts the rest, each once', async () => {
    const engine = await running(project('one'));
    const recording = recordCalls(engine);
    await restart(project('two'), restartAll, 'apply', sessionOn(recording));
    expect({
      made: recording.changes.filter(({ method }) => method === 'createContainer').length,
      started: recording.changes.filter(({ method }) => method === 'startContainer').length,
      restarted: recording.changes.filter(({ method }) => method === 'lifecycle.restart').length,
      states: await statesOf(engine),
      left: (await planRestartOf(project('two'), restartAll, 'report', { engine })).notes,
    }).toEqual({
      made: 1,
      started: 1,
      restarted: 1,
      states: ['app-db-1 running', 'app-web-1 running'],
      left: [],
    });
  });
});

test('a time limit that is up names who was not ready', async () => {
  const engine = new MemoryEngine({ images: ['busybox'] });
  const slow = projectOf({ services: { web: { healthcheck: { test: ['CMD', 'check'] } }, db: {} } });
  const limit = AbortSignal.timeout(50);
  const failure = await up(
    slow,
    { ...defaultUpPolicy, wait: 'running-or-healthy' },
    sessionOn(engine, { drain: limit }),
  ).catch((error: unknown) => error);
  expect(failure instanceof WaitTimeoutError ? failure.containers : failure).toEqual([
    'app-web-1 (health: starting)',
  ]);
});
