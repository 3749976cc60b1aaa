import { expect, test } from 'vitest';
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
