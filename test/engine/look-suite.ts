import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { composeLabel } from '../../src/model/labels.js';
import { EngineError } from '../../src/problems/errors.js';
import { freePort } from '../support/free-port.js';
import {
  type ContainerWish,
  containerOf,
  labelsOf,
  networkOf,
  randomProject,
  volumeOf,
} from './contract-builders.js';

/** What the part of the port that looks at things promises. */
export function lookContract(name: string, connect: () => Promise<Engine>): void {
  describe(`${name} keeps the promises of looking`, () => {
    let engine: Engine;
    let project: string;
    const images: string[] = [];

    beforeEach(async () => {
      engine = await connect();
      project = randomProject();
    });
    afterEach(async () => {
      for (const { id } of await engine.listContainers(project)) {
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
      }
      for (const { name: volume } of await engine.listVolumes(project)) await engine.removeVolume(volume);
      for (const { id } of await engine.listNetworks(project)) await engine.removeNetwork(id);
      for (const image of images.splice(0)) await engine.images.remove(image);
      engine.close();
    });

    const create = (wish: Partial<ContainerWish> = {}) =>
      engine.createContainer(containerOf({ project, ...wish }));
    const run = async (wish: Partial<ContainerWish> = {}) => {
      const id = await create(wish);
      await engine.startContainer(id);
      return id;
    };

    test('the machine, its clock and the use of its disk are told', async () => {
      const beforeMs = (await engine.machine.readMachine()).timeMs ?? 0;
      const { name: machine, dataRoot, storageDriver, cpus, timeMs } = await engine.machine.readMachine();
      const use = await engine.machine.readDiskUse();
      expect({
        isNamed: [machine, dataRoot, storageDriver].map((text) => text !== ''),
        hasCpus: cpus > 0,
        clockGoesOn: (timeMs ?? 0) >= beforeMs,
        isReclaimable: Object.values(use).map(
          ({ sizeBytes, reclaimableBytes }) => reclaimableBytes >= 0 && reclaimableBytes <= sizeBytes,
        ),
      }).toEqual({
        isNamed: [true, true, true],
        hasCpus: true,
        clockGoesOn: true,
        isReclaimable: [true, true, true, true],
      });
    });

    test('a published port is told with its container and project', async () => {
      const port = await freePort();
      const net = `${project}_ports`;
      await engine.createNetwork(networkOf(net), new Map([[composeLabel.project, project]]));
      const wish = { target: 80, published: `${port}`, hostIp: '127.0.0.1', protocol: 'tcp' };
      const id = await run({ networks: [net], more: { ports: [wish] } });
      const own = (await engine.listContainers(project)).find((each) => each.id === id);
      const published = await engine.machine.listPublishedPorts();
      expect(published.filter((each) => each.project === project)).toEqual([
        { port, protocol: 'tcp', hostIp: '127.0.0.1', container: own?.name, project },
      ]);
    });

    test('who holds a network, a volume or an image is known, whatever it belongs to', async () => {
      const networkId = await engine.createNetwork(
        networkOf(`${project}_net`),
        new Map([[composeLabel.project, project]]),
      );
      const volume = {
        type: 'volume' as const,
        source: `${project}_data`,
        target: '/data',
        isReadOnly: false,
        isNamedVolume: true,
      };
      const onNetwork = { networks: [`${project}_net`] };
      await create({ service: 'stopped', ...onNetwork, mounts: [volume] });
      const { length } = await engine.looks.listHolders({ kind: 'image', nameOrId: 'busybox:latest' });
      await run({ service: 'running', ...onNetwork });
      const namesOf = async (kind: 'network' | 'volume', nameOrId: string) =>
        (await engine.looks.listHolders({ kind, nameOrId })).map(({ name, project }) => [name, project]);
      const found = {
        network: await namesOf('network', networkId),
        volume: await namesOf('volume', `${project}_data`),
        image: length > 0,
      };
      await engine.removeContainer(`${project}-running-1`, { anonymousVolumes: 'remove' });
      await engine.removeNetwork(networkId);
      expect(found).toEqual({
        network: [[`${project}-running-1`, project]],
        volume: [[`${project}-stopped-1`, project]],
        image: true,
      });
    });

    test('the machine has at least one processor', async () => {
      expect(await engine.looks.readCores()).toBeGreaterThanOrEqual(1);
    });

    test('containers of all projects are listed, stopped ones too', async () => {
      await create({ service: 'web' });
      await run({ service: 'api' });
      const all = await engine.looks.listAllContainers();
      const ours = all.filter((container) => container.name.startsWith(project));
      expect(ours.map((container) => [container.name, container.state])).toEqual([
        [`${project}-api-1`, 'running'],
        [`${project}-web-1`, 'created'],
      ]);
    });

    test('processes of a container are told with titles, the command last', async () => {
      const id = await run();
      const { titles, processes } = await engine.looks.readProcesses(id);
      expect({ titles, last: processes.at(-1)?.at(-1) }).toEqual({
        titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
        // The engine's init may not have begun the program yet.
        last: expect.stringMatching(/(^| )sleep 600$/),
      });
    });

    test('processes of a container that does not run are a conflict', async () => {
      const id = await create();
      expect(await kindOf(engine.looks.readProcesses(id))).toBe('conflict');
    });

    test('the usage of a container that does not run is nothing', async () => {
      const id = await create();
      const samples = await all(engine.looks.readUsage(id, 'once'));
      expect(samples).toEqual([
        {
          ...{ cpuPercent: 0, memoryBytes: 0, memoryLimitBytes: 0, processCount: 0 },
          ...{ networkReceivedBytes: 0, networkSentBytes: 0, blockReadBytes: 0, blockWrittenBytes: 0 },
        },
      ]);
    });

    test('usage goes on until the signal is aborted, and ends without an error', async () => {
      const id = await run();
      const stop = new AbortController();
      let samples = 0;
      for await (const _ of engine.looks.readUsage(id, 'continuous', stop.signal)) {
        samples += 1;
        stop.abort();
      }
      expect(samples).toBe(1);
    });

    test('events of the past are told in order, and only those of the project', async () => {
      const since = '1';
      await engine.startContainer(await create());
      const stranger = randomProject();
      const other = await engine.createContainer(containerOf({ project: stranger }));
      await engine.removeContainer(other, { anonymousVolumes: 'remove' });
      const until = await laterThanNow(engine, project);
      const events = await all(engine.looks.readEvents(project, { since, until }));
      expect(events.map(({ action, service }) => [action, service])).toEqual([
        ['create', 'web'],
        ['start', 'web'],
      ]);
    });

    test('events of networks and volumes are told beside those of the project, in order', async () => {
      const stop = new AbortController();
      const network = `${project}_back`;
      await engine.createNetwork(networkOf(network), labelsOf(project, 'back'));
      await engine.createVolume(volumeOf(`${project}_data`), new Map());
      await create();
      await engine.removeVolume(`${project}_data`);
      await engine.removeNetwork(network);
      const told: string[] = [];
      const all = engine.looks.readAllEvents(project, { since: '1' }, stop.signal);
      for await (const { resource, action, name } of all) {
        if (name.startsWith(project)) told.push(`${resource} ${action}`);
        if (name === network && action === 'destroy') stop.abort();
      }
      expect(told).toEqual([
        'network create',
        'volume create',
        'container create',
        'volume destroy',
        'network destroy',
      ]);
    });

    test('events to come are told until the signal is aborted', async () => {
      const stop = new AbortController();
      const id = await create();
      const seen: string[] = [];
      for await (const { action } of engine.looks.readEvents(project, { since: '1' }, stop.signal)) {
        seen.push(action);
        if (action === 'create') void engine.startContainer(id);
        if (action === 'start') stop.abort();
      }
      expect(seen).toEqual(['create', 'start']);
    });

    test('an image tells its names, its platform and its size, whichever way it is named', async () => {
      const byName = await engine.looks.findImageFacts('busybox:latest');
      const byId = await engine.looks.findImageFacts(byName?.id ?? '');
      expect([
        byId?.references.includes('busybox:latest'),
        /^linux\/\w+/.test(byId?.platform ?? ''),
        (byId?.sizeBytes ?? 0) > 0,
        byId,
      ]).toEqual([true, true, true, byName]);
    });

    test('an image that is not here has no facts', async () => {
      expect(await engine.looks.findImageFacts('nobody/nothing:9')).toBeUndefined();
    });

    test('volumes of the project are listed with driver and scope', async () => {
      await engine.createVolume(volumeOf(`${project}_data`), labelsOf(project, 'data'));
      const facts = await engine.looks.listVolumeFacts(project);
      expect(facts.map((volume) => [volume.name, volume.driver, volume.scope])).toEqual([
        [`${project}_data`, 'local', 'local'],
      ]);
    });

    test('the file system of a container comes as a tar archive, whether it runs or not', async () => {
      const id = await create();
      const file = { path: '/etc/greeting', content: 'hello', mode: 0o644, uid: 0, gid: 0 };
      await engine.writeFiles(id, [file]);
      const archive = Buffer.concat(await all(engine.looks.readFileSystem(id))).toString('latin1');
      expect([archive.includes('etc/greeting'), archive.slice(257, 262)]).toEqual([true, 'ustar']);
    });

    test('an image can be made of a container, with a name or without', async () => {
      const id = await create();
      const request = { author: 'me', message: 'for a test', changes: [], processes: 'pause' } as const;
      const reference = `${project}/image:v1`;
      const named = await engine.looks.commitContainer(id, { ...request, reference });
      const nameless = await engine.looks.commitContainer(id, { ...request, reference: undefined });
      images.push(reference, nameless);
      expect([
        (await engine.findImage(reference))?.id,
        (await engine.findImage(nameless))?.id,
        named === nameless,
      ]).toEqual([named, nameless, false]);
    });

    test('a name that no image can have is refused', async () => {
      const id = await create();
      const request = { author: '', message: '', changes: [], processes: 'pause' } as const;
      const commit = engine.looks.commitContainer(id, { ...request, reference: 'Not/Allowed' });
      expect(await kindOf(commit)).toBe('bad-request');
    });

    test('what is asked of a container that is not there is not found', async () => {
      const kinds = await Promise.all([
        kindOf(engine.looks.readProcesses('nobody')),
        kindOf(all(engine.looks.readUsage('nobody', 'once'))),
        kindOf(all(engine.looks.readFileSystem('nobody'))),
      ]);
      expect(kinds).toEqual(['not-found', 'not-found', 'not-found']);
    });
  });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function kindOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no error';
  } catch (error) {
    return error instanceof EngineError ? error.kind : String(error);
  }
}

/** A time on the engine's clock, which need not be ours, after the last event of the project. */
async function laterThanNow(engine: Engine, project: string): Promise<string> {
  const stop = new AbortController();
  let lastUs = 0;
  for await (const { atUs, action } of engine.looks.readEvents(project, { since: '1' }, stop.signal)) {
    lastUs = atUs;
    if (action === 'start') stop.abort();
  }
  return (lastUs / 1e6 + 0.001).toFixed(6);
}
