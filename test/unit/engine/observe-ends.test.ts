import { expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { observe, observeDetails } from '../../../src/engine/observe.js';
import { observeEnds } from '../../../src/engine/observe-ends.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { containerOf } from '../../engine/contract-builders.js';
import { projectOf } from '../../support/project-builder.js';

test('of what runs again by now nothing is asked: its start lies behind its last end', async () => {
  const engine = recordCalls(new MemoryEngine({ images: ['busybox:latest'] }));
  const project = projectOf({ name: 'app', services: { web: {} } });
  const id = await engine.createContainer(containerOf({ project: 'app' }));
  await engine.startContainer(id);
  await engine.stopContainer(id, {});
  const stopped = await observe(engine, project);
  await engine.startContainer(id);
  const state = await observeDetails(engine, stopped, new Set([id]));
  engine.reset();
  await observeEnds(engine, 'app', state, new Set([id]));
  expect(engine.calls).toEqual([]);
});

test('a kill that the engine tells some milliseconds after the end is what ended it', async () => {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  const project = projectOf({ name: 'app', services: { web: {} } });
  const id = await engine.createContainer(containerOf({ project: 'app' }));
  await engine.startContainer(id);
  await engine.killContainer(id, 'SIGKILL');
  const state = await observeDetails(engine, await observe(engine, project), new Set([id]));
  const looks = {
    async *readEvents(...[name, span, signal]: Parameters<typeof engine.looks.readEvents>) {
      for await (const event of engine.looks.readEvents(name, span, signal)) {
        const late = { ...event, atMs: event.atMs + 20 };
        if (late.atMs <= Number(span.until) * 1000) yield late;
      }
    },
  };
  const { containers } = await observeEnds({ looks } as unknown as Engine, 'app', state, new Set([id]));
  expect(containers.map(({ endedBy }) => endedBy)).toEqual(['request']);
});
