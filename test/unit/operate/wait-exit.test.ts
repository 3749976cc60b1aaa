import { describe, expect, test } from 'vitest';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { type ContainerExit, waitForExits } from '../../../src/operate/wait-exit.js';
import { containerOf } from '../../engine/contract-builders.js';
import { quiet } from '../../support/gated-engine.js';

const project = 'app';

async function engineWith(...services: string[]): Promise<MemoryEngine> {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  for (const service of services) {
    await engine.startContainer(await engine.createContainer(containerOf({ project, service })));
  }
  return engine;
}

function wait(engine: MemoryEngine, services: string[], until: 'first' | 'all', signal?: AbortSignal) {
  const request = { project, services, until, onExit: () => {} };
  return waitForExits(engine, request, signal ?? new AbortController().signal).then(shown);
}

function shown(exits: readonly ContainerExit[]): string[] {
  return exits.map(({ name, exitCode }) => `${name} ${exitCode}`);
}

describe('a wait for the end of containers', () => {
  test('gives the ends in their order, the last one last', async () => {
    const engine = await engineWith('a', 'b');
    const exits = wait(engine, ['a', 'b'], 'all');
    await quiet();
    engine.exit('app-b-1', 3);
    engine.exit('app-a-1', 5);
    expect(await exits).toEqual(['app-b-1 3', 'app-a-1 5']);
  });

  test('of the first one does not wait for the others', async () => {
    const engine = await engineWith('a', 'b');
    const exits = wait(engine, ['a', 'b'], 'first');
    await quiet();
    engine.exit('app-b-1', 3);
    expect(await exits).toEqual(['app-b-1 3']);
  });

  test('does not care for other services', async () => {
    const engine = await engineWith('a', 'b');
    const exits = wait(engine, ['a'], 'all');
    await quiet();
    engine.exit('app-b-1', 3);
    engine.exit('app-a-1', 0);
    expect(await exits).toEqual(['app-a-1 0']);
  });

  test('has nothing to wait for when all have ended, and tells how they did', async () => {
    const engine = await engineWith('a');
    engine.exit('app-a-1', 7);
    expect(await wait(engine, ['a'], 'all')).toEqual(['app-a-1 7']);
  });

  test('gives nothing for a service that never ran', async () => {
    const engine = await engineWith('a');
    await engine.createContainer(containerOf({ project, service: 'b' }));
    expect(await wait(engine, ['b', 'c'], 'all')).toEqual([]);
  });

  test('ends early and without an error when it is aborted', async () => {
    const engine = await engineWith('a');
    const abort = new AbortController();
    const exits = wait(engine, ['a'], 'all', abort.signal);
    await quiet();
    abort.abort();
    expect(await exits).toEqual([]);
  });
});
