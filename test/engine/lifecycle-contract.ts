import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { composeLabel } from '../../src/model/labels.js';
import { EngineError } from '../../src/problems/errors.js';
import { type ContainerWish, containerOf, labelsOf, programs, randomProject } from './contract-builders.js';

/** An engine, and a way to make an image with labels behind the port's back. */
export interface LifecycleEngine {
  readonly engine: Engine;
  makeImage(reference: string, labels: ReadonlyMap<string, string>, fromContainer: string): Promise<void>;
}

/** What the parts of the port about restarts, pauses and images promise. */
export function lifecycleContract(name: string, connect: () => Promise<LifecycleEngine>): void {
  describe(`${name} keeps the promises of the port about restarts, pauses and images`, () => {
    let engine: Engine;
    let makeImage: LifecycleEngine['makeImage'];
    let project: string;

    beforeEach(async () => {
      ({ engine, makeImage } = await connect());
      project = randomProject();
    });
    afterEach(async () => {
      for (const { id } of await engine.listContainers(project)) {
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
      }
      for (const { references } of await engine.images.listOf(project)) {
        for (const reference of references) await engine.images.remove(reference);
      }
      engine.close();
    });

    const create = (wish: Partial<ContainerWish> = {}) =>
      engine.createContainer(containerOf({ project, ...wish }));
    const running = async () => {
      const id = await create();
      await engine.startContainer(id);
      return id;
    };
    const stateOf = async (id: string) => (await engine.inspectContainer(id)).state;

    describe('a restart', () => {
      test.each([
        ['runs', running],
        ['never ran', () => create()],
        [
          'is paused',
          async () => {
            const id = await running();
            await engine.lifecycle.pause(id);
            return id;
          },
        ],
        [
          'has ended',
          async () => {
            const id = await running();
            await engine.stopContainer(id, {});
            return id;
          },
        ],
      ])('brings a container up that %s', async (_how, make) => {
        const id = await make();
        const before = (await engine.inspectContainer(id)).startedAtMs;
        await engine.lifecycle.restart(id, { timeoutSec: 5 });
        const { state, startedAtMs } = await engine.inspectContainer(id);
        expect([state, startedAtMs === before]).toEqual(['running', false]);
      });
    });

    test('an update sets the limits and the restart policy of a container that goes on running', async () => {
      const id = await running();
      const before = await engine.inspectContainer(id);
      const limits = { memoryBytes: 64 * 1024 * 1024, memorySwapBytes: 128 * 1024 * 1024, cpuShares: 512 };
      await engine.lifecycle.update(id, { ...limits, restart: { policy: 'on-failure', maxRetries: 3 } });
      const { service, state, startedAtMs } = await engine.inspectContainer(id);
      const { memoryBytes, cpuShares } = service.resources;
      expect({ memoryBytes, cpuShares, restart: service.restart, state, startedAtMs }).toEqual({
        memoryBytes: limits.memoryBytes,
        cpuShares: limits.cpuShares,
        restart: { policy: 'on-failure', maxRetries: 3 },
        state: 'running',
        startedAtMs: before.startedAtMs,
      });
    });

    test('an update of what is left out changes nothing', async () => {
      const id = await create({});
      const before = (await engine.inspectContainer(id)).service;
      await engine.lifecycle.update(id, {});
      expect((await engine.inspectContainer(id)).service).toEqual(before);
    });

    describe('a pause', () => {
      test('freezes a running container until it is woken', async () => {
        const id = await running();
        await engine.lifecycle.pause(id);
        const [frozen] = await engine.listContainers(project);
        await engine.lifecycle.unpause(id);
        expect([frozen?.state, await stateOf(id)]).toEqual(['paused', 'running']);
      });

      test('of what is frozen, and waking what is not, do nothing', async () => {
        const id = await running();
        await engine.lifecycle.unpause(id);
        await engine.lifecycle.pause(id);
        await engine.lifecycle.pause(id);
        expect(await stateOf(id)).toBe('paused');
      });

      test('of what does not run is a conflict', async () => {
        expect(await kindOf(engine.lifecycle.pause(await create()))).toBe('conflict');
      });

      test('ends with a kill', async () => {
        const id = await running();
        await engine.lifecycle.pause(id);
        await engine.killContainer(id, 'SIGKILL');
        const { state, exitCode } = await engine.inspectContainer(id);
        expect([state, exitCode]).toEqual(['exited', 137]);
      });
    });

    test.each([
      ['restarting', (id: string) => engine.lifecycle.restart(id, {})],
      ['pausing', (id: string) => engine.lifecycle.pause(id)],
      ['unpausing', (id: string) => engine.lifecycle.unpause(id)],
    ])('%s a container that is gone says not-found', async (_verb, call) => {
      const id = await create();
      await engine.removeContainer(id, { anonymousVolumes: 'remove' });
      expect(await kindOf(call(id))).toBe('not-found');
    });

    describe('the images of a project', () => {
      const made = async (...tags: string[]) => {
        const from = await create({ program: programs.runs });
        const references = tags.map((tag) => `${project}-web:${tag}`);
        for (const reference of references) await makeImage(reference, labelsOf(project, 'web'), from);
        await engine.removeContainer(from, { anonymousVolumes: 'remove' });
        return references;
      };

      test('are those with its label, with their names and service', async () => {
        const [reference = ''] = await made('v1');
        const id = (await engine.findImage(reference))?.id;
        expect(await engine.images.listOf(project)).toEqual([
          { id, references: [reference], service: labelsOf(project, 'web').get(composeLabel.service) },
        ]);
      });

      test('go with their last name', async () => {
        const [reference = ''] = await made('v1');
        await engine.images.remove(reference);
        expect(await engine.findImage(reference)).toBeUndefined();
      });

      test('are in use while a container was made from one', async () => {
        const [image = ''] = await made('v1');
        const id = await create({ image, service: 'uses' });
        const whileUsed = await kindOf(engine.images.remove(image));
        await engine.removeContainer(id, { anonymousVolumes: 'remove' });
        expect([whileUsed, await kindOf(engine.images.remove(image))]).toEqual(['in-use', 'done']);
      });

      test('removing one that is gone does nothing', async () => {
        expect(await kindOf(engine.images.remove(`${project}-gone:v1`))).toBe('done');
      });
    });
  });
}

/** `done`, or the kind of the refusal. */
function kindOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => (error instanceof EngineError ? error.kind : String(error)),
  );
}
