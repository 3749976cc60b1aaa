import type { ContainerUsage, ImageFacts, ProcessTable, VolumeFacts } from '../model/looks.js';
import type { ObservedContainer } from '../model/observed.js';
import type { ContainerEvent } from './container-event.js';

/** Part of the port that only looks at what runs, and copies it; `commitContainer` alone makes something, an image. */
export interface LookPort {
  /** Containers of every project, stopped ones and one-offs too, sorted by name. One call. */
  listAllContainers(signal?: AbortSignal): Promise<ObservedContainer[]>;
  /**
   * Containers of whatever project, or of none, that keep something from being removed, sorted by name: of a network
   * those that run in it, of a volume or image all that were made with it.
   */
  listHolders(resource: HeldResource, signal?: AbortSignal): Promise<Holder[]>;
  /** Processors of the engine's machine. */
  readCores(signal?: AbortSignal): Promise<number>;
  /** Processes of a running container, as the engine's `ps` shows them. Kind `conflict` when it does not run. */
  readProcesses(id: string, signal?: AbortSignal): Promise<ProcessTable>;
  /**
   * What a container uses: one sample that covers about a second, or one a second until the container or `signal`
   * ends. All numbers are 0 for a container that does not run.
   */
  readUsage(id: string, mode: UsageMode, signal?: AbortSignal): AsyncIterable<ContainerUsage>;
  /**
   * Events of a project's containers, of every kind: those since a time first, if one is given, then what happens
   * until the other, or until `signal` is aborted. Ends without an error in both cases.
   */
  readEvents(project: string, span: EventSpan, signal?: AbortSignal): AsyncIterable<TimedEvent>;
  /**
   * The same with what happens to networks and volumes of the whole engine, in order: it does not say in its events
   * whose a network is.
   */
  readAllEvents(project: string, span: EventSpan, signal?: AbortSignal): AsyncIterable<EngineNews>;
  /** A local image by reference or id. */
  findImageFacts(reference: string, signal?: AbortSignal): Promise<ImageFacts | undefined>;
  /** Volumes that carry the project's label, sorted by name. */
  listVolumeFacts(project: string, signal?: AbortSignal): Promise<VolumeFacts[]>;
  /** The whole file system of a container, running or not, as a tar archive. Without what is mounted. */
  readFileSystem(id: string, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Makes an image of a container; returns its id (`sha256:…`). Kind `bad-request` for a name that no image can have. */
  commitContainer(id: string, request: CommitRequest, signal?: AbortSignal): Promise<string>;
}

export interface HeldResource {
  readonly kind: 'network' | 'volume' | 'image';
  readonly nameOrId: string;
}

export interface Holder {
  readonly name: string;
  /** undefined: it belongs to no project. */
  readonly project: string | undefined;
}

export type UsageMode = 'once' | 'continuous';

/** Seconds since 1970 with a fraction, as text: the engine's own form. */
export interface EventSpan {
  readonly since?: string;
  readonly until?: string;
}

export interface TimedEvent extends ContainerEvent {
  /** Microseconds since 1970. */
  readonly atUs: number;
}

export type EngineNews = (TimedEvent & { readonly resource: 'container' }) | TimedResourceEvent;

export interface TimedResourceEvent {
  readonly resource: 'network' | 'volume';
  /** In the engine's words: `create`, `connect`, `mount`, `destroy`… */
  readonly action: string;
  /** Of a volume its name. */
  readonly id: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Microseconds since 1970. */
  readonly atUs: number;
}

export interface CommitRequest {
  /** `name` or `name:tag`; undefined: an image without a name. */
  readonly reference: string | undefined;
  readonly author: string;
  readonly message: string;
  /** Lines of a Dockerfile, such as `ENV A=b`. */
  readonly changes: readonly string[];
  /** Whether the container stands still meanwhile. */
  readonly processes: 'pause' | 'keep-running';
}
