import type { DiskUse, EngineMachine, PublishedPort } from '../model/engine-machine.js';

/** Part of the port about the engine as a whole: its machine, its disk, and the host's ports that it has. */
export interface MachinePort {
  readMachine(signal?: AbortSignal): Promise<EngineMachine>;
  /** The engine looks through everything that it has: seconds where that is much. */
  readDiskUse(signal?: AbortSignal): Promise<DiskUse>;
  /** Of running containers of every project and of none, by port, protocol, address and container. One call. */
  listPublishedPorts(signal?: AbortSignal): Promise<PublishedPort[]>;
}
