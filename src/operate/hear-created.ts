import type { Engine } from '../engine/engine.js';

/**
 * The engine, where nobody gets to start a container before somebody has begun to listen to it: the first words of one
 * whose log is kept nowhere would be lost otherwise.
 */
export function hearCreated(engine: Engine, listen: (id: string, service: string) => Promise<void>): Engine {
  const createContainer: Engine['createContainer'] = async (spec, signal) => {
    const id = await engine.createContainer(spec, signal);
    await listen(id, spec.service.name);
    return id;
  };
  return new Proxy(engine, {
    get(target, key) {
      if (key === 'createContainer') return createContainer;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
