import { describe, expect, test } from 'vitest';
import { connectEngine } from '../../../src/engine/docker/connect.js';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { observe, observeDetails } from '../../../src/engine/observe.js';
import { recordCalls } from '../../../src/engine/recording-engine.js';
import { emptyService } from '../../../src/model/empty-service.js';
import type { Project } from '../../../src/model/project.js';
import { noOrigins } from '../../../src/model/span.js';
import { containerOf, labelsOf, networkOf, volumeOf } from '../../engine/contract-builders.js';
import { ApiServer } from './docker/api-server.js';

/** Three services of two images, two networks and two volumes. */
const project: Project = {
  name: 'app',
  nameSeparator: '-',
  workingDir: '/app',
  configFiles: [],
  environmentFiles: [],
  services: new Map([
    ['web', emptyService('web', 'web:1')],
    ['worker', emptyService('worker', 'web:1')],
    ['db', emptyService('db', 'db:1')],
  ]),
  inactiveServices: new Map([['debug', emptyService('debug', 'debug:1')]]),
  networks: new Map([
    ['default', networkOf('app_default')],
    ['shared', { ...networkOf('shared'), isExternal: true }],
  ]),
  volumes: new Map([
    ['data', volumeOf('app_data')],
    ['backup', { ...volumeOf('backup'), isExternal: true }],
  ]),
  configs: new Map(),
  secrets: new Map(),
  origins: noOrigins,
};

async function engineWithEverything() {
  const engine = new MemoryEngine({ images: ['web:1', 'busybox'] });
  await engine.createNetwork(networkOf('app_default'), labelsOf('app', 'default'));
  await engine.createNetwork(networkOf('app_old'), labelsOf('app', 'old'));
  await engine.createNetwork(networkOf('shared'), new Map());
  await engine.createNetwork(networkOf('unrelated'), new Map());
  await engine.createVolume(volumeOf('app_data'), labelsOf('app', 'data'));
  await engine.createVolume(volumeOf('unrelated'), new Map());
  await engine.createContainer(containerOf({ project: 'app' }));
  await engine.createContainer(containerOf({ project: 'app', service: 'old' }));
  return engine;
}

test('a snapshot has what the project owns and what it names, and nothing else', async () => {
  const state = await observe(await engineWithEverything(), project);
  expect({
    containers: state.containers.map(({ name }) => name),
    networks: [...state.networks.keys()],
    volumes: [...state.volumes.keys()],
    images: [...state.images.keys()],
  }).toEqual({
    containers: ['app-old-1', 'app-web-1'],
    networks: ['app_default', 'app_old', 'shared'],
    volumes: ['app_data'],
    images: ['web:1'],
  });
});

describe('a look is cheap', () => {
  test('three lists, each image once, and each name that is not among our own', async () => {
    const engine = recordCalls(await engineWithEverything());
    await observe(engine, project);
    expect(engine.calls.map(({ method, about }) => `${method} ${about}`).sort()).toEqual([
      'findImage db:1',
      'findImage web:1',
      'findNetwork shared',
      'findVolume backup',
      'listContainers app',
      'listNetworks app',
      'listVolumes app',
    ]);
  });

  test('each of these is one request to the engine', async () => {
    const own = { Name: 'app_default', Id: '1', Driver: 'bridge', Labels: {} };
    await using server = await ApiServer.start({
      'GET /containers/json': [200, []],
      'GET /networks': [200, [own]],
      'GET /volumes': [200, { Volumes: null }],
    });
    const engine = await connectEngine(server.surroundings());
    await observe(engine, project);
    engine.close();
    expect(server.calls.sort()).toEqual([
      'GET /v1.41/containers/json',
      'GET /v1.41/images/db%3A1/json',
      'GET /v1.41/images/web%3A1/json',
      'GET /v1.41/networks',
      'GET /v1.41/networks/shared',
      'GET /v1.41/volumes',
      'GET /v1.41/volumes/app_data',
      'GET /v1.41/volumes/backup',
    ]);
  });
});

describe('details', () => {
  test('are read for the containers in question and for no other', async () => {
    const engine = recordCalls(await engineWithEverything());
    const state = await observe(engine, project);
    engine.reset();
    const [first] = state.containers;
    const detailed = await observeDetails(engine, state, new Set([first?.id ?? '']));
    expect([detailed.containers.map(({ details }) => details?.state), engine.calls]).toEqual([
      ['created', undefined],
      [{ method: 'inspectContainer', about: first?.id, kind: 'read' }],
    ]);
  });

  test('a container that has gone meanwhile stays as it was', async () => {
    const engine = await engineWithEverything();
    const state = await observe(engine, project);
    const ids = new Set(state.containers.map(({ id }) => id));
    for (const id of ids) await engine.removeContainer(id, { anonymousVolumes: 'keep' });
    expect(await observeDetails(engine, state, ids)).toEqual(state);
  });
});

test('a recording tells reads from changes', async () => {
  const engine = recordCalls(new MemoryEngine({ images: ['busybox'] }));
  const id = await engine.createContainer(containerOf({ project: 'app' }));
  await engine.startContainer(id);
  await engine.inspectContainer(id);
  expect(engine.changes).toEqual([
    { method: 'createContainer', about: 'app-web-1', kind: 'change' },
    { method: 'startContainer', about: id, kind: 'change' },
  ]);
});
