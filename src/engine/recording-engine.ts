import type { ContainerSpec, EndpointRequest } from '../model/container-spec.js';
import type { GrantedFile } from '../model/plan.js';
import type { NetworkSpec, VolumeSpec } from '../model/project.js';
import type { HookSpec } from '../model/service.js';
import type { ContainerEvent, Engine, LogChunk, LogOptions, PullOptions } from './engine.js';

/** A call of the port, in the order of its beginning. */
export interface RecordedCall {
  readonly method: Exclude<keyof Engine, 'close'>;
  /** What it was about: a project, name, id or reference. */
  readonly about: string;
  readonly kind: 'read' | 'change';
}

/** Passes every call on to another engine and keeps a record of it. */
export class RecordingEngine implements Engine {
  readonly #engine: Engine;
  readonly #calls: RecordedCall[] = [];

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get calls(): readonly RecordedCall[] {
    return this.#calls;
  }

  /** Calls that can change something. */
  get changes(): readonly RecordedCall[] {
    return this.#calls.filter(({ kind }) => kind === 'change');
  }

  /** Forgets what was recorded. */
  reset(): void {
    this.#calls.length = 0;
  }

  info(signal?: AbortSignal) {
    return this.#read('info', '').info(signal);
  }

  listContainers(project: string, signal?: AbortSignal) {
    return this.#read('listContainers', project).listContainers(project, signal);
  }

  inspectContainer(id: string, signal?: AbortSignal) {
    return this.#read('inspectContainer', id).inspectContainer(id, signal);
  }

  listPublishers(port: number, signal?: AbortSignal) {
    return this.#read('listPublishers', String(port)).listPublishers(port, signal);
  }

  listNetworks(project: string, signal?: AbortSignal) {
    return this.#read('listNetworks', project).listNetworks(project, signal);
  }

  findNetwork(nameOrId: string, signal?: AbortSignal) {
    return this.#read('findNetwork', nameOrId).findNetwork(nameOrId, signal);
  }

  listVolumes(project: string, signal?: AbortSignal) {
    return this.#read('listVolumes', project).listVolumes(project, signal);
  }

  findVolume(name: string, signal?: AbortSignal) {
    return this.#read('findVolume', name).findVolume(name, signal);
  }

  findImage(reference: string, signal?: AbortSignal) {
    return this.#read('findImage', reference).findImage(reference, signal);
  }

  resolveDigest(reference: string, signal?: AbortSignal) {
    return this.#read('resolveDigest', reference).resolveDigest(reference, signal);
  }

  createNetwork(network: NetworkSpec, labels: ReadonlyMap<string, string>, signal?: AbortSignal) {
    return this.#change('createNetwork', network.name).createNetwork(network, labels, signal);
  }

  removeNetwork(nameOrId: string, signal?: AbortSignal) {
    return this.#change('removeNetwork', nameOrId).removeNetwork(nameOrId, signal);
  }

  connectNetwork(endpoint: EndpointRequest, containerId: string, signal?: AbortSignal) {
    return this.#change('connectNetwork', containerId).connectNetwork(endpoint, containerId, signal);
  }

  disconnectNetwork(network: string, containerId: string, signal?: AbortSignal) {
    return this.#change('disconnectNetwork', containerId).disconnectNetwork(network, containerId, signal);
  }

  createVolume(volume: VolumeSpec, labels: ReadonlyMap<string, string>, signal?: AbortSignal) {
    return this.#change('createVolume', volume.name).createVolume(volume, labels, signal);
  }

  removeVolume(name: string, signal?: AbortSignal) {
    return this.#change('removeVolume', name).removeVolume(name, signal);
  }

  pullImage(reference: string, options: PullOptions, signal?: AbortSignal) {
    return this.#change('pullImage', reference).pullImage(reference, options, signal);
  }

  createContainer(spec: ContainerSpec<string>, signal?: AbortSignal) {
    return this.#change('createContainer', spec.name).createContainer(spec, signal);
  }

  startContainer(id: string, signal?: AbortSignal) {
    return this.#change('startContainer', id).startContainer(id, signal);
  }

  stopContainer(id: string, options: { readonly timeoutSec?: number }, signal?: AbortSignal) {
    return this.#change('stopContainer', id).stopContainer(id, options, signal);
  }

  killContainer(id: string, unixSignal: string, signal?: AbortSignal) {
    return this.#change('killContainer', id).killContainer(id, unixSignal, signal);
  }

  removeContainer(
    id: string,
    options: { readonly anonymousVolumes: 'keep' | 'remove' },
    signal?: AbortSignal,
  ) {
    return this.#change('removeContainer', id).removeContainer(id, options, signal);
  }

  renameContainer(id: string, name: string, signal?: AbortSignal) {
    return this.#change('renameContainer', id).renameContainer(id, name, signal);
  }

  writeFiles(id: string, files: readonly GrantedFile[], signal?: AbortSignal) {
    return this.#change('writeFiles', id).writeFiles(id, files, signal);
  }

  runProgram(id: string, program: HookSpec, signal?: AbortSignal) {
    return this.#change('runProgram', id).runProgram(id, program, signal);
  }

  watchContainers(project: string, signal: AbortSignal): Promise<AsyncIterable<ContainerEvent>> {
    return this.#read('watchContainers', project).watchContainers(project, signal);
  }

  readLogs(id: string, options: LogOptions, signal?: AbortSignal): AsyncIterable<LogChunk> {
    return this.#read('readLogs', id).readLogs(id, options, signal);
  }

  close(): void {
    this.#engine.close();
  }

  #read(method: RecordedCall['method'], about: string): Engine {
    this.#calls.push({ method, about, kind: 'read' });
    return this.#engine;
  }

  #change(method: RecordedCall['method'], about: string): Engine {
    this.#calls.push({ method, about, kind: 'change' });
    return this.#engine;
  }
}
