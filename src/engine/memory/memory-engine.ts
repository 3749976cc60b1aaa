import type { ContainerSpec, EndpointRequest } from '../../model/container-spec.js';
import { isUp } from '../../model/is-up.js';
import { composeLabel } from '../../model/labels.js';
import type {
  EngineVersion,
  HealthState,
  ObservedContainer,
  ObservedContainerDetails,
  ObservedImage,
  ObservedNetwork,
  ObservedVolume,
} from '../../model/observed.js';
import { byName } from '../../model/order.js';
import type { GrantedFile } from '../../model/plan.js';
import type { NetworkSpec, VolumeSpec } from '../../model/project.js';
import type { HookSpec } from '../../model/service.js';
import type { ContainerEvent } from '../container-event.js';
import type { LogChunk, LogOptions } from '../container-log.js';
import type { Engine, EngineInfo, ProgramEnd, PullOptions, StopOptions } from '../engine.js';
import type { ImagePort } from '../image-port.js';
import * as life from './container-life.js';
import { checkName, makeContainer } from './make-container.js';
import { MemoryArchives } from './memory-archives.js';
import { MemoryBuilds } from './memory-builds.js';
import type { Program } from './memory-container.js';
import { memoryImages } from './memory-image-port.js';
import { memoryLifecycle } from './memory-lifecycle.js';
import { readLog } from './memory-logs.js';
import { MemoryLooks } from './memory-looks.js';
import { memoryMachine } from './memory-machine.js';
import { MemoryProcesses } from './memory-processes.js';
import * as resources from './memory-resources.js';
import { MemoryStore } from './memory-store.js';
import { detailsOf, isOf, observedContainerOf } from './memory-view.js';
import { checkAborted, refuse } from './refuse.js';

export interface MemoryEngineOptions {
  /** References of the images that are here, with what is special about them. */
  readonly images?: Iterable<string | readonly [reference: string, image: Partial<ObservedImage>]>;
  /** References that a pull finds. */
  readonly registry?: Iterable<string>;
  /** How the process of a container behaves; asked at every start. */
  readonly program?: (spec: ContainerSpec<string>) => Program;
  /** The clock. Without one, time goes on by a millisecond with every look at it. */
  readonly nowMs?: () => number;
  /** How old it pretends to be; 1.51 if not set. */
  readonly apiVersion?: string;
}

type Labels = ReadonlyMap<string, string>;

/**
 * An engine that lives in memory and behaves like a real one as far as the port goes: both pass one contract suite.
 * Beyond the port it can be told what happens behind our back: a process exits, a check fails, a line is printed.
 */
export class MemoryEngine implements Engine {
  readonly version: EngineVersion;
  readonly address = 'memory://engine';
  readonly #store: MemoryStore;
  readonly looks: Engine['looks'];
  readonly machine: Engine['machine'];
  readonly processes: MemoryProcesses;
  readonly archives: MemoryArchives;
  readonly resources: Engine['resources'];
  readonly lifecycle: Engine['lifecycle'];
  readonly images: ImagePort;
  readonly builds: MemoryBuilds;

  constructor(options: MemoryEngineOptions = {}) {
    this.version = { apiVersion: options.apiVersion ?? '1.51', os: 'linux' };
    let time = Date.UTC(2026, 0, 1);
    const ticking = () => {
      time += 1;
      return time;
    };
    this.#store = new MemoryStore(
      options.nowMs ?? ticking,
      options.program ?? (() => ({})),
      new Set(options.registry),
    );
    this.lifecycle = memoryLifecycle(this.#store);
    this.images = memoryImages(this.#store);
    this.builds = new MemoryBuilds(this.#store);
    this.processes = new MemoryProcesses(this.#store);
    this.archives = new MemoryArchives(this.#store);
    this.resources = resources.watchResources(this.#store);
    this.looks = new MemoryLooks(this.#store);
    this.machine = memoryMachine(this.#store);
    for (const entry of options.images ?? []) {
      if (typeof entry === 'string') this.#store.images.add(entry);
      else this.#store.images.add(entry[0], entry[1]);
    }
  }

  // Behind our back.

  /** The image is here from now on; one that was here under this reference is replaced. */
  addImage(reference: string, image: Partial<ObservedImage> = {}): ObservedImage {
    return this.#store.images.add(reference, image);
  }

  removeImage(reference: string): void {
    this.#store.images.remove(reference);
  }

  /** The process of a running container exits by itself. */
  exit(nameOrId: string, exitCode: number): void {
    life.endByItself(this.#store, this.#store.container(nameOrId, 'exit'), exitCode);
  }

  /** The health check of a container comes to another result. */
  setHealth(nameOrId: string, health: Exclude<HealthState, 'starting'>): void {
    life.setHealth(this.#store, this.#store.container(nameOrId, 'set health'), health);
  }

  /** What was put into a container. */
  filesOf(nameOrId: string): ReadonlyMap<string, GrantedFile> {
    return this.#store.container(nameOrId, 'read files').files;
  }

  /** The process of a container prints a line. */
  print(nameOrId: string, stream: 'stdout' | 'stderr', text: string): void {
    life.print(this.#store, this.#store.container(nameOrId, 'print'), stream, text);
  }

  // The port.

  async info(signal?: AbortSignal): Promise<EngineInfo> {
    checkAborted(signal);
    return {
      name: 'Memory Engine',
      version: '1.0.0',
      apiVersion: this.version.apiVersion,
      os: 'linux',
      architecture: 'amd64',
    };
  }

  async listContainers(project: string, signal?: AbortSignal): Promise<ObservedContainer[]> {
    checkAborted(signal);
    return this.#store.containers
      .all()
      .filter(({ spec }) => spec.labels.get(composeLabel.project) === project)
      .map(observedContainerOf)
      .sort(byName);
  }

  async inspectContainer(id: string, signal?: AbortSignal): Promise<ObservedContainerDetails> {
    checkAborted(signal);
    return detailsOf(this.#store.container(id, 'inspect container'));
  }

  async listNetworks(project: string, signal?: AbortSignal): Promise<ObservedNetwork[]> {
    checkAborted(signal);
    return [...this.#store.networks.values()].filter(isOf(project)).sort(byName);
  }

  async findNetwork(nameOrId: string, signal?: AbortSignal): Promise<ObservedNetwork | undefined> {
    checkAborted(signal);
    return this.#store.findNetwork(nameOrId);
  }

  async listVolumes(project: string, signal?: AbortSignal): Promise<ObservedVolume[]> {
    checkAborted(signal);
    return [...this.#store.volumes.values()].filter(isOf(project)).sort(byName);
  }

  async findVolume(name: string, signal?: AbortSignal): Promise<ObservedVolume | undefined> {
    checkAborted(signal);
    return this.#store.volumes.get(name);
  }

  async findImage(reference: string, signal?: AbortSignal): Promise<ObservedImage | undefined> {
    checkAborted(signal);
    return this.#store.images.find(reference);
  }

  async createNetwork(network: NetworkSpec, labels: Labels, signal?: AbortSignal): Promise<string> {
    checkAborted(signal);
    return resources.makeNetwork(this.#store, network, labels);
  }

  async removeNetwork(nameOrId: string, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    resources.removeNetwork(this.#store, nameOrId);
  }

  async connectNetwork(endpoint: EndpointRequest, containerId: string, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    resources.connect(this.#store, endpoint, containerId);
  }

  async disconnectNetwork(network: string, containerId: string, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    resources.disconnect(this.#store, network, containerId);
  }

  async createVolume(volume: VolumeSpec, labels: Labels, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    resources.makeVolume(this.#store, volume, labels);
  }

  async removeVolume(name: string, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    resources.removeVolume(this.#store, name);
  }

  async resolveDigest(reference: string, signal?: AbortSignal): Promise<string> {
    checkAborted(signal);
    return this.#store.images.digestAtRegistry(reference);
  }

  async pullImage(reference: string, options: PullOptions, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    this.#store.images.pull(reference, options);
  }

  async createContainer(spec: ContainerSpec<string>, signal?: AbortSignal): Promise<string> {
    checkAborted(signal);
    return makeContainer(this.#store, spec).id;
  }

  async startContainer(id: string, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    life.start(this.#store, this.#store.container(id, 'start container'));
  }

  async stopContainer(id: string, _options: StopOptions, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    life.stop(this.#store, this.#store.container(id, 'stop container'));
  }

  async killContainer(id: string, unixSignal: string, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    life.kill(this.#store, this.#store.container(id, 'kill container'), unixSignal);
  }

  async removeContainer(
    id: string,
    options: { readonly anonymousVolumes: 'keep' | 'remove' },
    signal?: AbortSignal,
  ): Promise<void> {
    checkAborted(signal);
    const container = this.#store.findContainer(id);
    if (container !== undefined) life.remove(this.#store, container, options.anonymousVolumes);
  }

  async renameContainer(id: string, name: string, signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    const container = this.#store.container(id, 'rename container');
    checkName(this.#store, name, 'rename container');
    this.#store.containers.rename(container, name);
    this.#store.events.emit(container, 'rename');
  }

  async writeFiles(id: string, files: readonly GrantedFile[], signal?: AbortSignal): Promise<void> {
    checkAborted(signal);
    const container = this.#store.container(id, 'write files into container');
    for (const file of files) container.files.set(file.path, file);
  }

  async runProgram(id: string, program: HookSpec, signal?: AbortSignal): Promise<ProgramEnd> {
    checkAborted(signal);
    const container = this.#store.container(id, 'run a program in container');
    if (!isUp(container))
      refuse('conflict', 'run a program in container', container.name, 'it is not running');
    return (
      this.#store.programOf(container.spec).hook?.(program, container.files) ?? { exitCode: 0, output: '' }
    );
  }

  async watchContainers(project: string, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
    checkAborted(signal);
    return this.#store.events.listen(project, signal);
  }

  async *readLogs(id: string, options: LogOptions, signal?: AbortSignal): AsyncGenerator<LogChunk> {
    if (signal?.aborted) return;
    yield* readLog(this.#store, this.#store.container(id, 'read the log of container'), options, signal);
  }

  close(): void {
    this.#store.events.close();
    for (const followers of this.#store.followers.values()) {
      for (const follower of followers) follower.close();
    }
  }
}
