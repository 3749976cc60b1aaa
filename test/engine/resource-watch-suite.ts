import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import type { ResourceEvent } from '../../src/engine/resource-watch-port.js';
import { eventually } from '../support/eventually.js';
import {
  containerOf,
  endpointOf,
  labelsOf,
  networkOf,
  randomProject,
  volumeOf,
} from './contract-builders.js';

/** What the part of the port about events of networks and volumes promises. */
export function resourceWatchContract(name: string, connect: () => Promise<Engine>): void {
  describe(`${name} keeps the promises of the port about events of networks and volumes`, () => {
    let engine: Engine;
    let project: string;
    let stop: AbortController;

    beforeEach(async () => {
      engine = await connect();
      project = randomProject();
      stop = new AbortController();
    });
    afterEach(async () => {
      stop.abort();
      for (const { id } of await engine.listContainers(project)) {
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
      }
      for (const { id } of await engine.listNetworks(project)) await engine.removeNetwork(id);
      for (const volume of await engine.listVolumes(project)) await engine.removeVolume(volume.name);
      engine.close();
    });

    const heard = async (): Promise<ResourceEvent[]> => {
      const events: ResourceEvent[] = [];
      const stream = await engine.resources.watch(stop.signal);
      void (async () => {
        for await (const event of stream) if (event.name.startsWith(project)) events.push(event);
      })();
      return events;
    };
    /** Each event once, as soon as the last of them is there. */
    const told = (events: readonly ResourceEvent[]) =>
      eventually(async () => {
        const words = events.map(({ resource, action, containerId }) => [resource, action, containerId]);
        const fresh = words.filter((word, index) => String(word) !== String(words[index - 1]));
        return fresh.at(-1)?.[1] === 'destroy' ? fresh : undefined;
      });

    test('a network tells of its making, of who joins and leaves while running, and of its end', async () => {
      const home = `${project}_home`;
      await engine.createNetwork(networkOf(home), labelsOf(project, 'home'));
      const id = await engine.createContainer(containerOf({ project, networks: [home] }));
      await engine.startContainer(id);
      const events = await heard();
      const network = `${project}_a`;
      await engine.createNetwork(networkOf(network), labelsOf(project, 'a'));
      await engine.connectNetwork(endpointOf(network), id);
      await engine.disconnectNetwork(network, id);
      await engine.removeNetwork(network);
      expect(await told(events)).toEqual([
        ['network', 'create', undefined],
        ['network', 'connect', id],
        ['network', 'disconnect', id],
        ['network', 'destroy', undefined],
      ]);
    });

    test('a volume tells of its making and of its end', async () => {
      const events = await heard();
      await engine.createVolume(volumeOf(`${project}_v`), labelsOf(project, 'v'));
      await engine.removeVolume(`${project}_v`);
      expect(await told(events)).toEqual([
        ['volume', 'create', undefined],
        ['volume', 'destroy', undefined],
      ]);
    });

    test('the events end without an error when the signal is aborted', async () => {
      const stream = await engine.resources.watch(stop.signal);
      stop.abort();
      const events: ResourceEvent[] = [];
      for await (const event of stream) if (event.name.startsWith(project)) events.push(event);
      expect(events).toEqual([]);
    });
  });
}
