import type { ObservedVolume } from './observed.js';

export interface ProcessTable {
  /** `UID`, `PID`… in the engine's order. */
  readonly titles: readonly string[];
  /** One cell for each title. */
  readonly processes: readonly (readonly string[])[];
}

export interface ContainerUsage {
  /** 100 is one processor. */
  readonly cpuPercent: number;
  /** Without what is only cached and can be given back. */
  readonly memoryBytes: number;
  /** 0: not known. */
  readonly memoryLimitBytes: number;
  readonly networkReceivedBytes: number;
  readonly networkSentBytes: number;
  readonly blockReadBytes: number;
  readonly blockWrittenBytes: number;
  readonly processCount: number;
}

export interface ImageFacts {
  readonly id: string;
  /** `busybox:latest`… */
  readonly references: readonly string[];
  /** `linux/amd64`, with the variant if there is one. */
  readonly platform: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970; undefined when the image does not say. */
  readonly createdAtMs: number | undefined;
  /** When it got its name here. */
  readonly taggedAtMs: number | undefined;
}

export interface VolumeFacts extends ObservedVolume {
  readonly scope: string;
}

/** A project as `ls` shows it. */
export interface ListedProject {
  readonly name: string;
  /** Number of containers by state, states in order. */
  readonly states: ReadonlyMap<string, number>;
  /** Empty when no label tells. */
  readonly configFiles: readonly string[];
  /** undefined: it is none. */
  readonly instance: { readonly name: string; readonly directory: string } | undefined;
}

/** Processes of one container. */
export interface ContainerProcesses extends ProcessTable {
  readonly container: string;
  readonly service: string;
  /** undefined for one-offs. */
  readonly number: number | undefined;
}

/** What one container uses; `usage` is undefined until the first sample has come in. */
export interface UsageOfContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly usage: ContainerUsage | undefined;
}

/** The image that a container was made from. */
export interface ImageOfContainer {
  readonly container: string;
  readonly imageId: string;
  /** undefined when it has no name any more. */
  readonly repository: string | undefined;
  readonly tag: string | undefined;
  /** undefined when the image is gone. */
  readonly facts: ImageFacts | undefined;
}

/** Something that happened to a container of a project, or to another of its resources. */
export interface ProjectEvent {
  readonly resource: 'container' | 'network' | 'volume';
  readonly action: string;
  readonly id: string;
  /** Empty for networks and volumes. */
  readonly service: string;
  /** Labels of Compose left out. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Microseconds since 1970. */
  readonly atUs: number;
}

/** A port of the host that a container of a project has. */
export interface ServicePort {
  readonly service: string;
  readonly container: string;
  readonly hostIp: string;
  readonly published: number;
  /** Port in the container. */
  readonly target: number;
  /** `tcp`, `udp` or `sctp`. */
  readonly protocol: string;
}
