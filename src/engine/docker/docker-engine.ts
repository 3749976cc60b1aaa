import type { ContainerSpec, EndpointRequest } from '../../model/container-spec.js';
import type {
  EngineVersion,
  ObservedContainer,
  ObservedContainerDetails,
  ObservedImage,
  ObservedNetwork,
  ObservedVolume,
} from '../../model/observed.js';
import type { GrantedFile } from '../../model/plan.js';
import type { NetworkSpec, VolumeSpec } from '../../model/project.js';
import type { HookSpec } from '../../model/service.js';
import { EngineError } from '../../problems/errors.js';
import type { ContainerEvent } from '../container-event.js';
import type { LogChunk, LogOptions } from '../container-log.js';
import type { Engine, EngineInfo, ProgramEnd, PullOptions, StopOptions } from '../engine.js';
import type { ImagePort } from '../image-port.js';
import type { LifecyclePort } from '../lifecycle-port.js';
import type { LookPort } from '../look-port.js';
import type { MachinePort } from '../machine-port.js';
import type { ResourceWatchPort } from '../resource-watch-port.js';
import { type ApiClient, referencePath } from './api-client.js';
import { oldestKnownVersion } from './api-version.js';
import { DockerBuilds } from './build/docker-builds.js';
import { type ClientFiles, withOwnSocket, withTexts } from './client-files.js';
import { withoutProxies, withProxies } from './client-proxies.js';
import * as containers from './containers.js';
import { DockerArchives } from './docker-archives.js';
import { dockerImages } from './docker-images.js';
import { dockerLifecycle } from './docker-lifecycle.js';
import { DockerLooks } from './docker-looks.js';
import { dockerMachine } from './docker-machine.js';
import { DockerProcesses } from './docker-processes.js';
import { type InspectedImage, imageFromInspect } from './from-inspect.js';
import * as networks from './networks.js';
import { pullImage } from './pull-image.js';
import { readLogs } from './read-logs.js';
import { resolveDigest } from './resolve-digest.js';
import { runProgram } from './run-program.js';
import * as volumes from './volumes.js';
import { watchContainers, watchResources } from './watch-events.js';
import { writeFiles } from './write-files.js';

/** Answer of `GET /version`. */
interface VersionAnswer {
  readonly Version: string;
  readonly Os: string;
  readonly Arch: string;
  readonly Platform?: { readonly Name?: string };
  readonly Components?: readonly { readonly Name: string }[];
}

/** The engine port over the Engine API of Docker, 1.41 (Docker 20.10) and newer, and of Podman. */
export class DockerEngine implements Engine {
  readonly lifecycle: LifecyclePort;
  readonly images: ImagePort;
  readonly builds: DockerBuilds;
  readonly processes: DockerProcesses;
  readonly archives: DockerArchives;
  readonly resources: ResourceWatchPort;
  readonly #api: ApiClient;
  readonly #client: ClientFiles;
  readonly looks: LookPort;
  readonly machine: MachinePort;

  constructor(api: ApiClient, client: ClientFiles) {
    this.#api = api;
    this.processes = new DockerProcesses(api);
    this.archives = new DockerArchives(api);
    this.resources = { watch: (signal) => watchResources(api, signal) };
    this.#client = client;
    this.looks = new DockerLooks(api);
    this.machine = dockerMachine(api);
    this.lifecycle = dockerLifecycle(api);
    this.images = dockerImages(api, client);
    this.builds = new DockerBuilds(api, client);
  }

  get address(): string {
    return this.#client.address;
  }

  get version(): EngineVersion {
    return { apiVersion: this.#api.version ?? oldestKnownVersion, os: this.#api.os };
  }

  async info(signal?: AbortSignal): Promise<EngineInfo> {
    const answer = await this.#api.json<VersionAnswer>({
      method: 'GET',
      path: '/version',
      operation: 'ask for the version',
      signal,
    });
    const component = answer.Components?.[0]?.Name;
    return {
      name: component === undefined || component === 'Engine' ? 'Docker Engine' : component,
      version: answer.Version,
      apiVersion: this.#api.version ?? oldestKnownVersion,
      os: answer.Os,
      architecture: answer.Arch,
    };
  }

  listContainers(project: string, signal?: AbortSignal): Promise<ObservedContainer[]> {
    return containers.listContainers(this.#api, project, signal);
  }

  async inspectContainer(id: string, signal?: AbortSignal): Promise<ObservedContainerDetails> {
    const details = await containers.inspectContainer(this.#api, id, signal);
    return withoutProxies(details, await this.#client.proxies());
  }

  listNetworks(project: string, signal?: AbortSignal): Promise<ObservedNetwork[]> {
    return networks.listNetworks(this.#api, project, signal);
  }

  findNetwork(nameOrId: string, signal?: AbortSignal): Promise<ObservedNetwork | undefined> {
    return networks.findNetwork(this.#api, nameOrId, signal);
  }

  listVolumes(project: string, signal?: AbortSignal): Promise<ObservedVolume[]> {
    return volumes.listVolumes(this.#api, project, signal);
  }

  findVolume(name: string, signal?: AbortSignal): Promise<ObservedVolume | undefined> {
    return volumes.findVolume(this.#api, name, signal);
  }

  async findImage(reference: string, signal?: AbortSignal): Promise<ObservedImage | undefined> {
    try {
      const found = await this.#api.json<InspectedImage>({
        method: 'GET',
        path: `/images/${referencePath(reference)}/json`,
        operation: 'find image',
        resource: reference,
        signal,
      });
      return imageFromInspect(found);
    } catch (error) {
      if (error instanceof EngineError && ['not-found', 'image-not-found'].includes(error.kind))
        return undefined;
      throw error;
    }
  }

  createNetwork(
    network: NetworkSpec,
    labels: ReadonlyMap<string, string>,
    signal?: AbortSignal,
  ): Promise<string> {
    return networks.createNetwork(this.#api, network, labels, signal);
  }

  removeNetwork(nameOrId: string, signal?: AbortSignal): Promise<void> {
    return networks.removeNetwork(this.#api, nameOrId, signal);
  }

  connectNetwork(endpoint: EndpointRequest, containerId: string, signal?: AbortSignal): Promise<void> {
    return networks.connectNetwork(this.#api, endpoint, containerId, signal);
  }

  disconnectNetwork(network: string, containerId: string, signal?: AbortSignal): Promise<void> {
    return networks.disconnectNetwork(this.#api, network, containerId, signal);
  }

  createVolume(volume: VolumeSpec, labels: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<void> {
    return volumes.createVolume(this.#api, volume, labels, signal);
  }

  removeVolume(name: string, signal?: AbortSignal): Promise<void> {
    return volumes.removeVolume(this.#api, name, signal);
  }

  async resolveDigest(reference: string, signal?: AbortSignal): Promise<string> {
    return resolveDigest(this.#api, reference, await this.#client.registryLogin(reference), signal);
  }

  async pullImage(reference: string, options: PullOptions, signal?: AbortSignal): Promise<void> {
    const login = await this.#client.registryLogin(reference);
    const platform = options.platform ?? this.#client.defaultPlatform;
    const wanted = platform === undefined ? options : { ...options, platform };
    await pullImage(this.#api, reference, wanted, login, signal);
  }

  async createContainer(spec: ContainerSpec<string>, signal?: AbortSignal): Promise<string> {
    const own = withProxies(withOwnSocket(spec, this.#client), await this.#client.proxies());
    return containers.createContainer(this.#api, own, signal);
  }

  startContainer(id: string, signal?: AbortSignal): Promise<void> {
    return containers.startContainer(this.#api, id, signal);
  }

  stopContainer(id: string, options: StopOptions, signal?: AbortSignal): Promise<void> {
    return containers.stopContainer(this.#api, id, options, signal);
  }

  killContainer(id: string, unixSignal: string, signal?: AbortSignal): Promise<void> {
    return containers.killContainer(this.#api, id, unixSignal, signal);
  }

  removeContainer(
    id: string,
    options: { readonly anonymousVolumes: 'keep' | 'remove' },
    signal?: AbortSignal,
  ): Promise<void> {
    return containers.removeContainer(this.#api, id, options, signal);
  }

  renameContainer(id: string, name: string, signal?: AbortSignal): Promise<void> {
    return containers.renameContainer(this.#api, id, name, signal);
  }

  async writeFiles(id: string, files: readonly GrantedFile[], signal?: AbortSignal): Promise<void> {
    await writeFiles(this.#api, id, await withTexts(files, this.#client), signal);
  }

  runProgram(id: string, program: HookSpec, signal?: AbortSignal): Promise<ProgramEnd> {
    return runProgram(this.#api, id, program, signal);
  }

  watchContainers(project: string, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
    return watchContainers(this.#api, project, signal);
  }

  readLogs(id: string, options: LogOptions, signal?: AbortSignal): AsyncIterable<LogChunk> {
    return readLogs(this.#api, id, options, signal);
  }

  close(): void {
    this.#api.close();
  }
}
