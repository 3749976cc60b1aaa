import type { ContainerSpec, EndpointRequest } from '../model/container-spec.js';
import type {
  EngineVersion,
  ObservedContainer,
  ObservedContainerDetails,
  ObservedImage,
  ObservedNetwork,
  ObservedVolume,
} from '../model/observed.js';
import type { GrantedFile } from '../model/plan.js';
import type { NetworkSpec, VolumeSpec } from '../model/project.js';
import type { HookSpec } from '../model/service.js';
import type { ArchivePort } from './archive-port.js';
import type { BuildPort } from './build-port.js';
import type { ContainerEvent } from './container-event.js';
import type { LogChunk, LogOptions } from './container-log.js';
import type { ImagePort, TransferOptions } from './image-port.js';
import type { LifecyclePort } from './lifecycle-port.js';
import type { LookPort } from './look-port.js';
import type { MachinePort } from './machine-port.js';
import type { ProcessPort } from './process-port.js';
import type { ResourceWatchPort } from './resource-watch-port.js';

export interface StopOptions {
  /** Without it the container's own grace period counts. */
  readonly timeoutSec?: number;
  /**
   * `listed`, as without it: a list afterwards says that it is stopped. `ended`: its program has ended, and the engine
   * may still be clearing up, which takes it some ten milliseconds; for what is removed next.
   */
  readonly until?: 'listed' | 'ended';
}

/**
 * The outside, as a port: what tscompose asks of a container engine, in its own words. Two implementations pass one
 * contract suite: `docker/` over the Engine API and the in-memory engine of the tests.
 *
 * Every method throws EngineError and nothing else, or CancelledError once `signal` is aborted. `find…` answers
 * undefined for what is not there; the others throw kind `not-found`.
 */
export interface Engine {
  /** Known since connecting: asking for it costs nothing. */
  readonly version: EngineVersion;
  /** Where it answers, with a scheme: `unix:///run/docker.sock`. Equal for connections to the same place. */
  readonly address: string;

  /** Name and versions of the engine. */
  info(signal?: AbortSignal): Promise<EngineInfo>;

  /** Containers that carry the project's label, stopped ones and one-offs too, sorted by name. One call. */
  listContainers(project: string, signal?: AbortSignal): Promise<ObservedContainer[]>;
  inspectContainer(id: string, signal?: AbortSignal): Promise<ObservedContainerDetails>;
  listNetworks(project: string, signal?: AbortSignal): Promise<ObservedNetwork[]>;
  /** By exact name or id. */
  findNetwork(nameOrId: string, signal?: AbortSignal): Promise<ObservedNetwork | undefined>;
  listVolumes(project: string, signal?: AbortSignal): Promise<ObservedVolume[]>;
  findVolume(name: string, signal?: AbortSignal): Promise<ObservedVolume | undefined>;
  /** A local image; never asks a registry. */
  findImage(reference: string, signal?: AbortSignal): Promise<ObservedImage | undefined>;

  /** Returns the network's id. */
  createNetwork(
    network: NetworkSpec,
    labels: ReadonlyMap<string, string>,
    signal?: AbortSignal,
  ): Promise<string>;
  /** Kind `in-use` while containers are attached. */
  removeNetwork(nameOrId: string, signal?: AbortSignal): Promise<void>;
  /** Kind `not-found` for a missing network only while the container runs; else the start says it. */
  connectNetwork(endpoint: EndpointRequest, containerId: string, signal?: AbortSignal): Promise<void>;
  /** Also from a container that is gone or stopped. */
  disconnectNetwork(network: string, containerId: string, signal?: AbortSignal): Promise<void>;
  createVolume(volume: VolumeSpec, labels: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<void>;
  /** Kind `in-use` while a container, running or not, refers to it. */
  removeVolume(name: string, signal?: AbortSignal): Promise<void>;

  /**
   * Digest (`sha256:…`) of what a reference means at its registry now. Kind `image-not-found` when the registry does
   * not have it; `registry-unreachable`, `registry-denied` and `registry-failed` tell of the registry.
   */
  resolveDigest(reference: string, signal?: AbortSignal): Promise<string>;
  /** Pulls from a registry. The same kinds of errors. */
  pullImage(reference: string, options: PullOptions, signal?: AbortSignal): Promise<void>;

  /** Returns the container's id. Kinds `image-not-found`, `name-taken`, `bad-request`. */
  createContainer(spec: ContainerSpec<string>, signal?: AbortSignal): Promise<string>;
  /** Nothing happens when it runs already. Kind `port-taken`. */
  startContainer(id: string, signal?: AbortSignal): Promise<void>;
  /** Nothing happens when it does not run. */
  stopContainer(id: string, options: StopOptions, signal?: AbortSignal): Promise<void>;
  /** Nothing happens when it does not run. */
  killContainer(id: string, unixSignal: string, signal?: AbortSignal): Promise<void>;
  /** Kills it first when it runs; nothing happens when it is gone. `remove` takes volumes without a name along. */
  removeContainer(
    id: string,
    options: { readonly anonymousVolumes: 'keep' | 'remove' },
    signal?: AbortSignal,
  ): Promise<void>;
  renameContainer(id: string, name: string, signal?: AbortSignal): Promise<void>;
  /** Puts files into a container, running or not. Missing directories are made; a file that is there is replaced. */
  writeFiles(id: string, files: readonly GrantedFile[], signal?: AbortSignal): Promise<void>;
  /** Runs a program in a running container and waits for its end. Kind `conflict` when the container does not run. */
  runProgram(id: string, program: HookSpec, signal?: AbortSignal): Promise<ProgramEnd>;

  /**
   * Events of the project's containers from now on. The promise is fulfilled once the engine listens, so that a look
   * taken afterwards misses nothing. The stream ends without an error when `signal` is aborted. A list taken right
   * after an event may still show the state before it (seen on Docker 20.10 after `die`); an inspection does not.
   */
  watchContainers(project: string, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>>;

  /** The log of a container. With `follow` it goes on until the container stops or `signal` is aborted. */
  readLogs(id: string, options: LogOptions, signal?: AbortSignal): AsyncIterable<LogChunk>;

  readonly lifecycle: LifecyclePort;
  readonly images: ImagePort;
  /** Making images from Dockerfiles. */
  readonly builds: BuildPort;

  /** Looking at what runs. */
  readonly looks: LookPort;
  /** The engine as a whole: its machine, disk and ports. */
  readonly machine: MachinePort;

  /** Programs in containers, with their streams and terminals. */
  readonly processes: ProcessPort;
  /** Files in and out of containers. */
  readonly archives: ArchivePort;
  /** What happens to networks and volumes. */
  readonly resources: ResourceWatchPort;

  /** Lets go of every connection. */
  close(): void;
}

export interface EngineInfo {
  /** `Docker Engine`, `Podman Engine`… */
  readonly name: string;
  readonly version: string;
  /** Of the API that we speak with it: `1.41`. */
  readonly apiVersion: string;
  readonly os: string;
  readonly architecture: string;
}

export interface ProgramEnd {
  readonly exitCode: number;
  /** stdout and stderr in the order of their arrival. */
  readonly output: string;
}

export interface PullOptions extends TransferOptions {
  readonly platform?: string;
}
