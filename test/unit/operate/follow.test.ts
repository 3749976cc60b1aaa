import { expect, test } from 'vitest';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import type { MemoryProcess } from '../../../src/engine/memory/memory-streams.js';
import { type FollowEvent, Follower } from '../../../src/operate/follow.js';
import { readLogs } from '../../../src/operate/logs.js';
import { EngineError } from '../../../src/problems/errors.js';
import { containerOf } from '../../engine/contract-builders.js';
import { eventually } from '../../support/eventually.js';
import { quiet } from '../../support/gated-engine.js';

const project = 'app';

function said(event: FollowEvent): string[] {
  const { service } = event.container;
  if (event.kind === 'lines')
    return event.lines.texts.map((text) => `${service} ${event.lines.stream}: ${text}`);
  return event.kind === 'exit'
    ? [`${service} exited ${event.exitCode}, ${event.next}`]
    : [`${service} ${event.message}`];
}

function follow(engine: MemoryEngine, monitored: readonly string[] = ['web', 'api']) {
  const events: string[] = [];
  const follower = new Follower(engine, {
    project,
    isShown: () => true,
    isMonitored: (service) => monitored.includes(service),
    onEvent: (event) => void events.push(...said(event)),
  });
  return { follower, events };
}

async function start(engine: MemoryEngine, service: string, restart?: 'always'): Promise<string> {
  const more = restart === undefined ? {} : { restart: { policy: restart } };
  const id = await engine.createContainer(containerOf({ project, service, more }));
  await engine.startContainer(id);
  return id;
}

const newEngine = () => new MemoryEngine({ images: ['busybox:latest'] });

test('a follower shows lines and the end, in that order, and ends when all have ended', async () => {
  const engine = newEngine();
  const { follower, events } = follow(engine);
  await follower.start([], [], '0');
  await start(engine, 'web');
  await quiet();
  engine.print('app-web-1', 'stdout', 'hello');
  engine.print('app-web-1', 'stderr', 'oh');
  engine.exit('app-web-1', 3);
  await quiet();
  await follower.ended();
  await follower.close();
  expect(events).toEqual(['web stdout: hello', 'web stderr: oh', 'web exited 3, gone']);
});

test('a follower goes on with a container that its restart policy starts again', async () => {
  const engine = newEngine();
  const { follower, events } = follow(engine);
  await follower.start([], [], '0');
  await start(engine, 'web', 'always');
  await quiet();
  engine.exit('app-web-1', 1);
  await quiet();
  engine.print('app-web-1', 'stdout', 'again');
  await quiet();
  await follower.close();
  expect(events).toEqual(['web exited 1, restarts', 'web stdout: again']);
});

test('a follower does not wait for services that it does not monitor', async () => {
  const engine = newEngine();
  const { follower } = follow(engine, ['web']);
  await follower.start([], [], '0');
  await start(engine, 'api');
  await start(engine, 'web');
  await quiet();
  engine.exit('app-web-1', 0);
  await quiet();
  let hasEnded = false;
  void follower.ended().then(() => {
    hasEnded = true;
  });
  engine.exit('app-api-1', 0);
  await quiet();
  await follower.close();
  expect(hasEnded).toBe(true);
});

test('logs of several containers are read at once, each in its order', async () => {
  const engine = newEngine();
  for (const service of ['web', 'api']) {
    await start(engine, service);
    for (const text of ['one', 'two']) engine.print(`app-${service}-1`, 'stdout', text);
  }
  const events: string[] = [];
  const options = { follow: false, timestamps: false, tail: 1 };
  await readLogs(engine, await engine.listContainers(project), options, (event) => {
    events.push(...said(event));
  });
  expect(events.sort()).toEqual(['api stdout: two', 'web stdout: two']);
});

test('a follower goes on when what it waits for was started, but the news of it is still on its way', async () => {
  const engine = newEngine();
  const id = await start(engine, 'web');
  const { follower } = follow(engine);
  await follower.start(await engine.listContainers(project), [], '0');
  engine.exit('app-web-1', 0);
  await quiet();
  await engine.startContainer(id);
  follower.expect([{ id, name: 'app-web-1', service: 'web' }]);
  let hasEnded = false;
  void follower.ended().then(() => {
    hasEnded = true;
  });
  await quiet();
  const endedEarly = hasEnded;
  await follower.close();
  expect(endedEarly).toBe(false);
});

test('a follower ends with the failure when the engine tells no more events', async () => {
  const engine = newEngine();
  const broken = new EngineError('unreachable', 'the engine ended the stream of events', {
    operation: 'watch events',
  });
  engine.watchContainers = async () => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(broken) }),
  });
  await start(engine, 'web');
  const { follower } = follow(engine);
  await follower.start(await engine.listContainers(project), [], '0');
  const end = follower.ended().catch((error: unknown) => error);
  expect(await end).toBe(broken);
  await follower.close();
});

test('a follower goes on after a restart of the engine, each line once', async () => {
  const engine = newEngine();
  const lines: string[] = [];
  let lose = () => {};
  // The first subscription breaks as it does when an engine goes away.
  const watchContainers: MemoryEngine['watchContainers'] = async (name, signal) => {
    const events = await engine.watchContainers(name, signal);
    if (isLost) return events;
    const lost = new Promise<never>((_, reject) => {
      lose = () => {
        isLost = true;
        reject(new EngineError('unreachable', 'the engine closed the connection', about));
      };
    });
    return untilLost(events, lost);
  };
  let isLost = false;
  const about = { operation: 'watch events', resource: project };
  const breaking = new Proxy(engine, {
    get: (target, key) => {
      if (key === 'watchContainers') return watchContainers;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const states: string[] = [];
  const follower = new Follower(breaking, {
    project,
    isShown: () => true,
    isMonitored: () => true,
    onEngine: (state) => void states.push(state),
    onEvent: (event) => void lines.push(...said(event)),
  });
  await follower.start([], [], '0');
  const id = await start(engine, 'web');
  await quiet();
  engine.print('app-web-1', 'stdout', 'before');
  await quiet();
  lose();
  await quiet();
  // Stopped and started again while nobody listened.
  await engine.killContainer(id, 'SIGKILL');
  await engine.startContainer(id);
  engine.print('app-web-1', 'stdout', 'after');
  await eventually(async () => (states.includes('back') ? true : undefined));
  engine.exit('app-web-1', 0);
  await follower.ended();
  await follower.close();
  expect([states, lines]).toEqual([
    ['lost', 'back'],
    ['web stdout: before', 'web stdout: after', 'web exited 0, gone'],
  ]);
});

test('what a container writes whose log is kept nowhere is heard from its first word on', async () => {
  const program = () => ({
    main: async ({ write }: MemoryProcess) => {
      write('stdout', 'first words');
      return 0;
    },
  });
  const engine = new MemoryEngine({ images: ['busybox:latest'], program });
  const events: string[] = [];
  const follower = new Follower(engine, {
    project,
    isShown: () => true,
    isMonitored: () => true,
    hearing: () => 'none',
    onEvent: (event) => void events.push(...said(event)),
  });
  await follower.start([], [], '0');
  const id = await engine.createContainer(containerOf({ project, service: 'web' }));
  await quiet();
  await engine.startContainer(id);
  await follower.ended();
  await follower.close();
  expect(events).toEqual(['web stdout: first words', 'web exited 0, gone']);
});

async function* untilLost<T>(events: AsyncIterable<T>, lost: Promise<never>): AsyncGenerator<T> {
  const source = events[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([source.next(), lost]);
    if (next.done === true) return;
    yield next.value;
  }
}
