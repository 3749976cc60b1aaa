import type { Engine } from '../../src/engine/engine.js';
import type { ImagePort } from '../../src/engine/image-port.js';
import { EngineError, type RetryAdvice } from '../../src/problems/errors.js';

/** The engine with a registry that fails as told, in order, before it does what it is asked. By reference. */
export function failingRegistry(
  engine: Engine,
  failures: Readonly<Record<string, readonly Error[]>>,
): Engine {
  const left = new Map(Object.entries(failures).map(([reference, errors]) => [reference, [...errors]]));
  const failFirst = (reference: string) => {
    const error = left.get(reference)?.shift();
    if (error !== undefined) throw error;
  };
  const images: ImagePort = {
    listOf: (...call) => engine.images.listOf(...call),
    remove: (...call) => engine.images.remove(...call),
    async push(reference, ...call) {
      failFirst(reference);
      await engine.images.push(reference, ...call);
    },
  };
  const pullImage: Engine['pullImage'] = async (reference, ...call) => {
    failFirst(reference);
    await engine.pullImage(reference, ...call);
  };
  return new Proxy(engine, {
    get(target, property) {
      if (property === 'images') return images;
      if (property === 'pullImage') return pullImage;
      const member: unknown = Reflect.get(target, property, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

/** What a registry says that will do better later. */
export function passingFailure(because: RetryAdvice['because'], words: string): EngineError {
  return new EngineError('registry-failed', words, {
    operation: 'pull image',
    retry: { because, afterMs: undefined },
  });
}
