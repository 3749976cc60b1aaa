import { describe, expect, test } from 'vitest';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { type ContainerFilter, filterContainers } from '../../../src/operate/list-containers.js';
import { containerOf } from '../../engine/contract-builders.js';

async function shown(filter: Partial<ContainerFilter>): Promise<string[]> {
  const engine = new MemoryEngine({ images: ['busybox:latest'] });
  for (const service of ['runs', 'pauses', 'ended']) {
    await engine.startContainer(await engine.createContainer(containerOf({ project: 'app', service })));
  }
  await engine.lifecycle.pause('app-pauses-1');
  engine.exit('app-ended-1', 1);
  const all = { services: [], scope: 'running', states: [], known: undefined, ...filter } as const;
  return filterContainers(await engine.listContainers('app'), all).map(({ service }) => service);
}

describe('of the containers', () => {
  test.each<[string, Partial<ContainerFilter>, string[]]>([
    ['those that are up are shown, paused ones too', {}, ['pauses', 'runs']],
    ['all are shown on request', { scope: 'all' }, ['ended', 'pauses', 'runs']],
    ['those in a state are shown, whatever the scope', { states: ['exited'] }, ['ended']],
    ['those of a service are shown', { services: ['runs'] }, ['runs']],
    ['orphans are left out on request', { known: new Set(['runs']) }, ['runs']],
  ])('%s', async (_rule, filter, services) => {
    expect(await shown(filter)).toEqual(services);
  });
});
