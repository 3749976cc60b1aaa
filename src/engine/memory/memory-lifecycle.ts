import type { LifecyclePort } from '../lifecycle-port.js';
import { start, stop } from './container-life.js';
import type { MemoryStore } from './memory-store.js';
import { checkAborted, refuse } from './refuse.js';

export function memoryLifecycle(store: MemoryStore): LifecyclePort {
  return {
    async restart(id, _options, signal) {
      checkAborted(signal);
      const container = store.container(id, 'restart container');
      stop(store, container);
      start(store, container);
      store.events.emit(container, 'restart');
    },
    async pause(id, signal) {
      checkAborted(signal);
      const container = store.container(id, 'pause container');
      if (container.state === 'paused') return;
      if (container.state !== 'running')
        refuse('conflict', 'pause container', container.name, 'it is not running');
      container.state = 'paused';
      store.events.emit(container, 'pause');
    },
    async unpause(id, signal) {
      checkAborted(signal);
      const container = store.container(id, 'unpause container');
      if (container.state !== 'paused') return;
      container.state = 'running';
      store.events.emit(container, 'unpause');
    },
    async update(id, { restart, ...resources }, signal) {
      checkAborted(signal);
      const container = store.container(id, 'update container');
      const { spec } = container;
      const service = {
        ...spec.service,
        ...(restart === undefined ? {} : { restart }),
        resources: { ...spec.service.resources, ...resources },
      };
      container.spec = { ...spec, service };
      store.events.emit(container, 'update');
    },
  };
}
