import { describe, expect, test } from 'vitest';
import { MemoryEngine } from '../../../src/engine/memory/memory-engine.js';
import { composeLabel } from '../../../src/model/labels.js';
import { projectEvents } from '../../../src/operate/events.js';
import { listImages } from '../../../src/operate/images.js';
import { commitContainer, exportContainer } from '../../../src/operate/keep-container.js';
import { listProjects } from '../../../src/operate/list-projects.js';
import { publishedPort } from '../../../src/operate/published-port.js';
import { readUsageOnce, watchUsage } from '../../../src/operate/stats.js';
import { listProcesses } from '../../../src/operate/top.js';
import { listVolumes } from '../../../src/operate/volumes.js';
import {
  type ContainerWish,
  containerOf,
  labelsOf,
  networkOf,
  volumeMount,
  volumeOf,
} from '../../engine/contract-builders.js';

const project = 'app';
const all = { project, services: [] };

function newEngine() {
  return new MemoryEngine({
    images: ['busybox:latest', 'other:v1'],
    program: () => ({ usage: { memoryBytes: 5 } }),
  });
}

async function run(engine: MemoryEngine, wish: Partial<ContainerWish> = {}): Promise<string> {
  const id = await engine.createContainer(containerOf({ project, ...wish }));
  await engine.startContainer(id);
  return id;
}

describe('projects', () => {
  async function engineWithTwo() {
    const engine = newEngine();
    const files = new Map([[composeLabel.configFiles, '/a.yaml,/b.yaml']]);
    await run(engine, { labels: new Map([...labelsOf(project, 'web'), ...files]) });
    await run(engine, { service: 'job' });
    await run(engine, { project: 'other' });
    engine.exit('app-job-1', 1);
    engine.exit('other-web-1', 1);
    return engine;
  }

  test('are listed with what is up, those with nothing up left out', async () => {
    const engine = await engineWithTwo();
    expect(await listProjects(engine, { scope: 'running', name: undefined })).toEqual([
      { name: 'app', states: new Map([['running', 1]]), configFiles: ['/a.yaml', '/b.yaml'] },
    ]);
  });

  test('are all listed on request, with containers in every state', async () => {
    const engine = await engineWithTwo();
    const listed = await listProjects(engine, { scope: 'all', name: undefined });
    expect(listed.map(({ name, states }) => [name, Object.fromEntries(states)])).toEqual([
      ['app', { exited: 1, running: 1 }],
      ['other', { exited: 1 }],
    ]);
  });

  test('can be filtered by a pattern of their name', async () => {
    const engine = await engineWithTwo();
    const listed = await listProjects(engine, { scope: 'all', name: /^o/ });
    expect(listed.map(({ name }) => name)).toEqual(['other']);
  });
});

test('processes are told only of the services that run and are asked for', async () => {
  const engine = newEngine();
  await run(engine);
  await run(engine, { service: 'db' });
  await run(engine, { service: 'job' });
  engine.exit('app-job-1', 0);
  const tables = await listProcesses(engine, { project, services: ['web', 'job'] });
  expect(tables.map(({ container, processes }) => [container, processes.length])).toEqual([['app-web-1', 1]]);
});

test('usage is read once for each container that runs', async () => {
  const engine = newEngine();
  await run(engine);
  await run(engine, { service: 'job' });
  engine.exit('app-job-1', 0);
  const found = await readUsageOnce(engine, { project, service: undefined, scope: 'running' });
  expect(found.map(({ name, usage }) => [name, usage?.memoryBytes])).toEqual([['app-web-1', 5]]);
});

test('usage is watched of those that start later too, and no more of those that end', async () => {
  const engine = newEngine();
  await run(engine);
  const stop = new AbortController();
  const seen: string[][] = [];
  for await (const found of watchUsage(
    engine,
    { project, service: undefined, scope: 'running' },
    1,
    stop.signal,
  )) {
    seen.push(found.map(({ service }) => service));
    if (seen.length === 1) await run(engine, { service: 'db' });
    if (seen.length === 2) engine.exit('app-web-1', 0);
    if (seen.length === 3) stop.abort();
  }
  expect(seen).toEqual([['web'], ['db', 'web'], ['db']]);
});

test('events are told without labels of Compose, and without one-offs', async () => {
  const engine = newEngine();
  const oneOff = new Map([...labelsOf(project, 'web'), [composeLabel.oneOff, 'True']]);
  await engine.createContainer(containerOf({ project, service: 'task', labels: oneOff }));
  await run(engine, { labels: new Map([...labelsOf(project, 'web'), ['team', 'blue']]) });
  const seen: unknown[] = [];
  const attributes = { image: 'busybox:latest', name: 'app-web-1', team: 'blue' };
  const stop = new AbortController();
  for await (const { action, ...event } of projectEvents(engine, { ...all, since: '0' }, stop.signal)) {
    seen.push([action, Object.fromEntries(event.attributes)]);
    if (action === 'start') stop.abort();
  }
  expect(seen).toEqual([
    ['create', attributes],
    ['start', attributes],
  ]);
});

test('events of all resources are those of networks and volumes of the project, and of no other', async () => {
  const engine = newEngine();
  const owned = (kind: 'network' | 'volume', owner: string) =>
    new Map([
      [composeLabel.project, owner],
      [composeLabel[kind], 'data'],
    ]);
  await engine.createVolume(volumeOf(`${project}_old`), owned('volume', project));
  const stop = new AbortController();
  const seen: string[] = [];
  const request = { ...all, since: '0', resources: 'all' } as const;
  for await (const { resource, action, id } of projectEvents(engine, request, stop.signal)) {
    seen.push(`${resource} ${action} ${resource === 'container' ? '' : id}`.trim());
    if (seen.length === 1) {
      await engine.createNetwork(networkOf('elsewhere_back'), owned('network', 'elsewhere'));
      await engine.createNetwork(networkOf(`${project}_back`), owned('network', project));
    }
    if (seen.length === 2) await run(engine);
    if (action === 'start') await engine.removeVolume(`${project}_old`);
    if (action === 'destroy') stop.abort();
  }
  expect(seen).toEqual([
    `volume create ${project}_old`,
    `network create ${project}_back`,
    'container create',
    'container start',
    `volume destroy ${project}_old`,
  ]);
});

describe('a port', () => {
  const ports = [
    { target: 80, protocol: 'tcp', published: '8080', hostIp: '127.0.0.1', mode: 'ingress' },
  ] as const;

  test('is told with the address that it is published on', async () => {
    const engine = newEngine();
    await run(engine, { more: { ports: [...ports] } });
    expect(await publishedPort(engine, { project, service: 'web', target: 80, protocol: 'tcp' })).toEqual({
      hostIp: '127.0.0.1',
      port: 8080,
    });
  });

  test('that is not published is a mistake, and the ones that are help', async () => {
    const engine = newEngine();
    await run(engine, { more: { ports: [...ports] } });
    const asked = publishedPort(engine, { project, service: 'web', target: 81, protocol: 'tcp' });
    await expect(asked).rejects.toMatchObject({
      message: 'no port 81/tcp for container app-web-1',
      hint: 'it publishes 80/tcp',
    });
  });
});

test('images are told by the name that each container was made from, stopped ones too', async () => {
  const engine = newEngine();
  await engine.createContainer(containerOf({ project, service: 'a' }));
  await run(engine, { service: 'b', image: 'other:v1' });
  const images = await listImages(engine, all);
  expect(images.map(({ container, repository, tag }) => [container, repository, tag])).toEqual([
    ['app-a-1', 'busybox', 'latest'],
    ['app-b-1', 'other', 'v1'],
  ]);
});

test('volumes of a service are those that its containers have mounted', async () => {
  const engine = newEngine();
  for (const key of ['data', 'spare']) {
    await engine.createVolume(volumeOf(`${project}_${key}`), labelsOf(project, key));
  }
  await run(engine, { mounts: [volumeMount(`${project}_data`, '/data')] });
  const names = async (services: string[]) =>
    (await listVolumes(engine, { project, services })).map(({ name }) => name);
  expect([await names([]), await names(['web']), await names(['db'])]).toEqual([
    ['app_data', 'app_spare'],
    ['app_data'],
    [],
  ]);
});

test('a container that has ended can be exported and committed', async () => {
  const engine = newEngine();
  await run(engine);
  engine.exit('app-web-1', 0);
  const request = { project, service: 'web' };
  let bytes = 0;
  for await (const chunk of exportContainer(engine, request)) bytes += chunk.length;
  const commit = { reference: 'kept:v1', author: '', message: '', changes: [], processes: 'pause' } as const;
  const { container, imageId } = await commitContainer(engine, request, commit);
  expect([bytes > 0, container, (await engine.findImage('kept:v1'))?.id]).toEqual([
    true,
    'app-web-1',
    imageId,
  ]);
});
