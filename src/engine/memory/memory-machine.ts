import { composeLabel } from '../../model/labels.js';
import type { MachinePort } from '../machine-port.js';
import { comparePublished, publishedBy } from '../published-ports.js';
import type { MemoryStore } from './memory-store.js';
import { checkAborted } from './refuse.js';

const nothing = { sizeBytes: 0, reclaimableBytes: 0 };

/** A small machine whose clock is the engine's, and on whose disk is next to nothing. */
export function memoryMachine(store: MemoryStore): MachinePort {
  return {
    async readMachine(signal) {
      checkAborted(signal);
      return {
        name: 'memory',
        operatingSystem: 'Memory',
        cpus: 2,
        memoryBytes: 4_000_000_000,
        dataRoot: '/var/lib/memory',
        storageDriver: 'memory',
        imageStore: 'engine',
        isRootless: false,
        timeMs: store.nowMs(),
        warnings: [],
      };
    },
    async readDiskUse(signal) {
      checkAborted(signal);
      return { images: nothing, containers: nothing, volumes: nothing, buildCache: nothing };
    },
    async listPublishedPorts(signal) {
      checkAborted(signal);
      return store
        .running()
        .flatMap(({ name, spec, ports }) => publishedBy(name, ports, spec.labels.get(composeLabel.project)))
        .sort(comparePublished);
    },
  };
}
