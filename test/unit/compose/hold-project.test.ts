import { expect, test } from 'vitest';
import { down, up } from '../../../src/compose.js';
import type { Engine } from '../../../src/engine/engine.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { holdProject } from '../../../src/hold-project.js';
import { removeContainers, restart, stop } from '../../../src/lifecycle.js';
import type { LockHolder } from '../../../src/model/project-lock.js';
import { defaultUpPolicy } from '../../../src/plan/policy.js';
import { CancelledError, WaitTimeoutError } from '../../../src/problems/errors.js';
import { createOneOff } from '../../../src/run.js';
import type { Session } from '../../../src/session.js';
import { MemoryLocks } from '../../support/memory-locks.js';
import { projectOf } from '../../support/project-builder.js';
import { sessionOn } from '../../support/session.js';

const project = projectOf({ services: { web: {} } });

/** Sessions of commands on one machine, and what they tell of each other. */
function machine(engine: Engine = new MemoryEngine({ images: ['busybox'] })) {
  const locks = new MemoryLocks();
  const told: string[] = [];
  const waiting = ({ command, pid }: LockHolder) => told.push(`waits for ${command} of ${pid}`);
  const session = (more: Partial<Session> = {}): Session =>
    sessionOn(engine, { lock: locks.lock({ waiting, impossible: () => {} }), ...more });
  return { engine, session, told };
}

/** Holds the project as another command until it is told to let go. */
async function hold(session: Session): Promise<() => void> {
  let letGo = () => {};
  await new Promise<void>((resolve) => {
    void holdProject(
      project,
      'down',
      session,
      () =>
        new Promise<void>((release) => {
          letGo = release;
          resolve();
        }),
    );
  });
  return letGo;
}

test('twenty ups at once make one network and the containers of one', async () => {
  const { engine, session } = machine();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => up(project, defaultUpPolicy, session())),
  );
  expect({
    steps: outcomes.map(({ plan }) => plan.steps.length).filter((steps) => steps > 0),
    containers: (await engine.listContainers('app')).map(({ name }) => name),
    networks: (await engine.listNetworks('app')).map(({ name }) => name),
  }).toEqual({ steps: [3], containers: ['app-web-1'], networks: ['app_default'] });
});

test('each kind of change waits for the one before, and says for whom', async () => {
  const { session, told } = machine();
  await up(project, defaultUpPolicy, session());
  const request = { service: 'web', terminal: 'none', input: 'closed', whenEnded: 'keep' } as const;
  const letGo = await hold(session());
  const removal = { services: [], running: 'keep', anonymousVolumes: 'keep', timeoutSec: undefined } as const;
  const taking = { services: [], orphans: 'keep', volumes: 'keep', images: 'keep' } as const;
  const changes = [
    up(project, { ...defaultUpPolicy, start: 'create-only' }, session()),
    createOneOff(project, request, session()),
    restart(project, { services: [], dependents: 'with-dependents', timeoutSec: 0 }, 'apply', session()),
    stop(project, { services: [], timeoutSec: 0 }, session()),
    removeContainers(project, removal, session()),
    down(project, { ...taking, stopTimeoutSec: 0 }, session()),
  ];
  const waiting = [...told];
  letGo();
  await Promise.all(changes);
  expect(waiting).toEqual(changes.map(() => 'waits for down of 2'));
});

test('Ctrl-C ends the waiting, and nothing was asked of the engine', async () => {
  const engine = recordCalls(new MemoryEngine({ images: ['busybox'] }));
  const { session } = machine(engine);
  await hold(session());
  const drain = new AbortController();
  const waiting = up(project, defaultUpPolicy, session({ drain: drain.signal }));
  drain.abort();
  await expect(waiting).rejects.toThrow(CancelledError);
  expect(engine.calls).toEqual([]);
});

test('a time limit that ends the waiting is said to be one', async () => {
  const { session } = machine();
  await hold(session());
  const limit = AbortSignal.abort(new DOMException('time is up', 'TimeoutError'));
  await expect(up(project, defaultUpPolicy, session({ drain: limit }))).rejects.toThrow(WaitTimeoutError);
});

test('a change that fails lets the next one in', async () => {
  const { session, told } = machine();
  const broken = projectOf({ services: { web: { image: 'missing' } } });
  await expect(up(broken, defaultUpPolicy, session())).rejects.toThrow();
  await up(project, defaultUpPolicy, session());
  expect(told).toEqual([]);
});
