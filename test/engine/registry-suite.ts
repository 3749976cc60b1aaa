import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import type { TransferProgress } from '../../src/engine/image-port.js';
import { CancelledError, EngineError } from '../../src/problems/errors.js';
import { randomProject } from './contract-builders.js';

/** An engine with a registry that it can push to. */
export interface RegistryWorld extends AsyncDisposable {
  readonly engine: Engine;
  /** Of the registry, as image names have it. */
  readonly host: string;
  /** Makes an image that no other has. */
  makeImage(name: string): Promise<void>;
}

/** What the port promises about registries. */
export function registryContract(name: string, open: () => Promise<RegistryWorld>): void {
  describe(`${name} keeps the promises about registries`, () => {
    let world: RegistryWorld;
    let reference: string;

    beforeEach(async () => {
      world = await open();
      reference = `${world.host}/${randomProject()}/web:1`;
    });
    afterEach(async () => {
      await world.engine.images.remove(reference);
      await world[Symbol.asyncDispose]();
    });

    test('what is pushed can be pulled, as the same image', async () => {
      await world.makeImage(reference);
      const before = await world.engine.findImage(reference);
      await world.engine.images.push(reference, {});
      await world.engine.images.remove(reference);
      const between = await world.engine.findImage(reference);
      await world.engine.pullImage(reference, {});
      const after = await world.engine.findImage(reference);
      expect([before === undefined, between, after?.id]).toEqual([false, undefined, before?.id]);
    });

    test('both ways, layers are told with what becomes of them', async () => {
      await world.makeImage(reference);
      const told: Record<'push' | 'pull', TransferProgress[]> = { push: [], pull: [] };
      await world.engine.images.push(reference, { onProgress: (each) => told.push.push(each) });
      await world.engine.images.remove(reference);
      await world.engine.pullImage(reference, { onProgress: (each) => told.pull.push(each) });
      const ends = (progress: TransferProgress[], words: RegExp) =>
        progress.some(({ layer, status }) => layer !== '' && words.test(status));
      expect([
        ends(told.push, /^(Pushed|Layer already exists|Mounted from .*)$/),
        ends(told.pull, /^(Pull complete|Already exists)$/),
      ]).toEqual([true, true]);
    });

    test('an image that the registry does not have is not found', async () => {
      expect(await kindOf(world.engine.pullImage(reference, {}))).toBe('image-not-found');
    });

    test('a digest is what was pushed, and nothing before', async () => {
      const before = await kindOf(world.engine.resolveDigest(reference));
      await world.makeImage(reference);
      await world.engine.images.push(reference, {});
      const digest = await world.engine.resolveDigest(reference);
      expect([before, digest]).toEqual(['image-not-found', expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
    });

    test('an aborted signal ends a pull and a push as cancelled', async () => {
      await world.makeImage(reference);
      const signal = AbortSignal.abort();
      const calls = [
        world.engine.pullImage(reference, {}, signal),
        world.engine.images.push(reference, {}, signal),
      ];
      expect(await Promise.all(calls.map(kindOf))).toEqual(['cancelled', 'cancelled']);
    });
  });
}

async function kindOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    if (error instanceof CancelledError) return 'cancelled';
    return error instanceof EngineError ? error.kind : String(error);
  }
}
