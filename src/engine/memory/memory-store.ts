import type { ContainerSpec } from '../../model/container-spec.js';
import { isUp } from '../../model/is-up.js';
import type { ObservedNetwork, ObservedVolume } from '../../model/observed.js';
import type { Channel } from './channel.js';
import { ContainerTable } from './container-table.js';
import type { LogLine, MemoryContainer, Program } from './memory-container.js';
import { MemoryEvents } from './memory-events.js';
import { MemoryImages } from './memory-images.js';
import { HeldPorts } from './memory-ports.js';
import { type ExitWatcher, MemoryStreams } from './memory-streams.js';
import { refuse } from './refuse.js';

/** Everything that the in-memory engine has. */
export class MemoryStore {
  readonly containers = new ContainerTable();
  readonly heldPorts = new HeldPorts();
  /** By id. */
  readonly networks = new Map<string, ObservedNetwork>();
  readonly volumes = new Map<string, ObservedVolume>();
  readonly images: MemoryImages;
  /** Who reads along: containers by id. */
  readonly followers = new Map<string, Set<Channel<LogLine>>>();
  /** Streams of the processes of containers, by id. */
  readonly #streams = new Map<string, MemoryStreams>();
  readonly #watchers = new Map<string, Set<ExitWatcher>>();
  readonly events: MemoryEvents;
  readonly nowMs: () => number;
  readonly programOf: (spec: ContainerSpec<string>) => Program;
  #lastId = 0;

  constructor(
    nowMs: () => number,
    programOf: (spec: ContainerSpec<string>) => Program,
    registry: Set<string>,
  ) {
    this.nowMs = nowMs;
    this.programOf = programOf;
    this.images = new MemoryImages(registry, nowMs);
    this.events = new MemoryEvents(nowMs);
  }

  /** 64 hex digits whose first 12 are unique too. */
  newId(): string {
    this.#lastId += 1;
    return this.#lastId.toString(16).padStart(12, '0').padEnd(64, '0');
  }

  /** By id, by the beginning of an id or by name. */
  container(nameOrId: string, operation: string): MemoryContainer {
    return this.findContainer(nameOrId) ?? refuse('not-found', operation, nameOrId, 'no such container');
  }

  findContainer(nameOrId: string): MemoryContainer | undefined {
    const exact = this.containers.withId(nameOrId) ?? this.containers.withName(nameOrId);
    if (exact !== undefined || !/^[0-9a-f]{12,}$/.test(nameOrId)) return exact;
    return this.containers.all().find(({ id }) => id.startsWith(nameOrId));
  }

  network(nameOrId: string, operation: string): ObservedNetwork {
    return this.findNetwork(nameOrId) ?? refuse('not-found', operation, nameOrId, 'no such network');
  }

  findNetwork(nameOrId: string): ObservedNetwork | undefined {
    const isIt = ({ id, name }: ObservedNetwork) => id === nameOrId || name === nameOrId;
    return [...this.networks.values()].find(isIt);
  }

  /** The streams of a container's own process, also of one that is to come. */
  streamsOf(id: string): MemoryStreams {
    const streams = this.#streams.get(id) ?? new MemoryStreams();
    this.#streams.set(id, streams);
    return streams;
  }

  /** The next run has streams of its own. */
  endStreams(id: string): void {
    this.#streams.get(id)?.end();
    this.#streams.delete(id);
  }

  watchersOf(id: string): Set<ExitWatcher> {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers);
    return watchers;
  }

  /** Tells those who wait for a run to end, or for the container to go. */
  tellExit(id: string, exitCode: number, what: 'end' | 'removal'): void {
    for (const watcher of this.watchersOf(id)) {
      if ((watcher.condition === 'removed') !== (what === 'removal')) continue;
      this.watchersOf(id).delete(watcher);
      watcher.tell(exitCode);
    }
  }

  running(): MemoryContainer[] {
    return this.containers.all().filter(isUp);
  }
}
