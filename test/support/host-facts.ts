import type { HostFacts } from '../../src/model/host-facts.js';

/** A machine with which nothing is wrong. */
export function hostFacts(wish: Partial<HostFacts> = {}): HostFacts {
  return {
    nodeVersion: 'v22.0.0',
    platform: 'linux',
    hostName: 'memory',
    freeSpace: async () => ({ freeBytes: 50e9, totalBytes: 100e9 }),
    kindOf: async () => 'directory',
    listeners: async () => [],
    watchLimits: async () => ({ watches: 524_288, instances: 512 }),
    stateFolder: async () => ({ path: '/home/user/.local/state/tscompose/locks', isWritable: true }),
    lockHolder: async () => undefined,
    keeper: async () => undefined,
    ...wish,
  };
}
