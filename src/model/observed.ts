import type { BuildFacts } from './build-facts.js';
import type { HealthcheckSpec, ServiceSpec } from './service.js';

/** What is: one snapshot of what the engine has for a project, in our own words. */
export interface ObservedState {
  readonly engine: EngineVersion;
  /** Containers that carry the project's label, one-offs included, sorted by name. */
  readonly containers: readonly ObservedContainer[];
  /** By engine name: the project's own networks, and any other that the project names. */
  readonly networks: ReadonlyMap<string, ObservedNetwork>;
  /** By engine name: the project's own volumes, and any other that the project names. */
  readonly volumes: ReadonlyMap<string, ObservedVolume>;
  /**
   * By reference as the project writes it; a missing key means that the image is not here. By id, those that containers
   * were made from and that the references of their services do not mean any more, if they were built.
   */
  readonly images: ReadonlyMap<string, ObservedImage>;
  /** Of builds that the plan may need; undefined: nobody has looked. */
  readonly builds?: BuildFacts;
  /**
   * Containers of others that run in networks of the project, by the network's engine name. undefined: nobody has
   * looked; it costs a call for each network.
   */
  readonly strangersIn?: ReadonlyMap<string, readonly { readonly name: string }[]>;
  /** Of what the labels of its containers say about where they come from; undefined: nobody has looked. */
  readonly places?: RealPlaces;
}

/**
 * Directories and files of this machine, with the paths that they really have, links followed. What is not in it is
 * not there.
 */
export type RealPlaces = ReadonlyMap<string, string>;

/** What an engine can be expected to know, as far as connecting to it tells. */
export interface EngineVersion {
  /** Of the API that we speak with it: `1.41`. */
  readonly apiVersion: string;
  /** `linux`, `windows`; undefined: it does not say. */
  readonly os: string | undefined;
}

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type HealthState = 'starting' | 'healthy' | 'unhealthy';

export interface ObservedContainer {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** 1 for the first replica; undefined for one-offs. */
  readonly number: number | undefined;
  /** No replica: a single run of the service, or a container that runs one of its hooks. */
  readonly isOneOff: boolean;
  readonly state: ContainerState;
  /** Only while it runs and has a health check. */
  readonly health: HealthState | undefined;
  /** Only when it has exited. */
  readonly exitCode: number | undefined;
  /** Image reference that it was created from. */
  readonly image: string;
  readonly imageId: string;
  readonly labels: ReadonlyMap<string, string>;
  /** Id of the container whose network it shares; undefined: nobody's. */
  readonly networkOf?: string;
  /** By network name. */
  readonly networks: ReadonlyMap<string, { readonly networkId: string }>;
  readonly mounts: readonly ObservedMount[];
  readonly ports: readonly ObservedPort[];
  /** Milliseconds since 1970. */
  readonly createdAtMs: number;
  /** The engine's own words: `Up 2 minutes (healthy)`. */
  readonly statusText: string;
  /** Entrypoint and command on one line, as the engine shows them. */
  readonly commandText: string;
  /** Who ended its last run. undefined: nobody asked, it ended by itself, or the engine does not remember. */
  readonly endedBy?: 'request';
  /** Filled only for containers whose configuration is in question: they cost a call each. */
  readonly details?: ObservedContainerDetails;
}

/** What only an inspection of the container tells. */
export interface ObservedContainerDetails {
  readonly state: ContainerState;
  /**
   * What it was made with, in the words of a service: networks and volumes by their engine names, other containers by
   * their ids, links as `externalLinks`. What the image and the engine filled in is there as well.
   */
  readonly service: ServiceSpec;
  readonly startedAtMs: number | undefined;
  readonly finishedAtMs: number | undefined;
  readonly exitCode: number;
  readonly isOomKilled: boolean;
  readonly errorText: string;
  readonly health: HealthState | undefined;
  /** Newest last. */
  readonly healthLog: readonly {
    readonly exitCode: number;
    readonly output: string;
    readonly endedAtMs: number;
  }[];
  readonly restartCount: number;
}

export interface ObservedMount {
  readonly type: string;
  /** Volume name; undefined for binds and tmpfs. */
  readonly volumeName: string | undefined;
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
}

export interface ObservedPort {
  readonly target: number;
  readonly protocol: string;
  /** undefined: exposed only. */
  readonly published: number | undefined;
  readonly hostIp: string | undefined;
}

export interface ObservedNetwork {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly driverOptions: ReadonlyMap<string, string>;
  readonly isInternal: boolean;
  readonly isAttachable: boolean;
  /** undefined: the engine is too old to tell. */
  readonly isIpv4Enabled: boolean | undefined;
  readonly isIpv6Enabled: boolean;
  readonly ipam: ObservedIpam;
  readonly labels: ReadonlyMap<string, string>;
}

/** Address pools, those that the engine chose too. */
export interface ObservedIpam {
  readonly driver: string;
  readonly options: ReadonlyMap<string, string>;
  readonly pools: readonly ObservedPool[];
}

export interface ObservedPool {
  readonly subnet: string | undefined;
  readonly gateway: string | undefined;
  readonly ipRange: string | undefined;
  readonly auxAddresses: ReadonlyMap<string, string>;
}

export interface ObservedVolume {
  readonly name: string;
  readonly driver: string;
  readonly driverOptions: ReadonlyMap<string, string>;
  readonly mountpoint: string;
  readonly labels: ReadonlyMap<string, string>;
}

export interface ObservedImage {
  readonly id: string;
  readonly platform: {
    readonly os: string;
    readonly architecture: string;
    readonly variant: string | undefined;
  };
  /** Mount points that the image declares as volumes. */
  readonly volumes: readonly string[];
  readonly hasHealthcheck: boolean;
  readonly defaults: ImageDefaults;
  /** When it got its name here, by a pull, a build or a tag; undefined: the engine does not know. */
  readonly lastTaggedAtMs: number | undefined;
  /** Digests of its layers, the lowest first; undefined: the engine does not tell. */
  readonly layers?: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
}

/** What a container gets from its image where its service says nothing. */
export interface ImageDefaults {
  readonly environment: ReadonlyMap<string, string | null>;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly workingDir?: string;
  readonly user?: string;
  readonly stopSignal?: string;
  readonly healthcheck?: HealthcheckSpec;
  /** `80/tcp`. */
  readonly exposedPorts: readonly string[];
}

/** An image that carries a project's label: it was built for it. */
export interface ProjectImage {
  readonly id: string;
  /** Its names; an image without one is known by its id only. */
  readonly references: readonly string[];
  /** undefined: its label does not say for which service. */
  readonly service: string | undefined;
}
