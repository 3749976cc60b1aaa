import type { Origins } from './span.js';

/**
 * What should be: a Compose project in canonical long form. Defaults are filled, paths are absolute, durations are
 * in milliseconds, sizes in bytes. Collections whose keys users choose are Maps, so that a service may be called
 * `constructor`. A field that is undefined was not set: the image or the engine decides.
 */
export interface Project {
  readonly name: string;
  /** Absolute path of the project directory. */
  readonly workingDir: string;
  /** Absolute paths of the Compose files, in merge order; `-` stands for standard input. */
  readonly configFiles: readonly string[];
  /** Absolute paths of env files that were named explicitly (`--env-file`, COMPOSE_ENV_FILES). */
  readonly environmentFiles: readonly string[];
  /** Active services. */
  readonly services: ReadonlyMap<string, ServiceSpec>;
  /** Services that exist in the files, but that no active profile enables. */
  readonly inactiveServices: ReadonlyMap<string, ServiceSpec>;
  readonly networks: ReadonlyMap<string, NetworkSpec>;
  readonly volumes: ReadonlyMap<string, VolumeSpec>;
  readonly configs: ReadonlyMap<string, FileResourceSpec>;
  readonly secrets: ReadonlyMap<string, FileResourceSpec>;
  readonly origins: Origins;
}

export interface ServiceSpec {
  readonly name: string;
  /** Image reference to run. For a service with only `build` it is `<project>-<service>`. */
  readonly image: string;
  readonly build?: BuildSpec;
  readonly platform?: string;
  readonly pullPolicy?: PullPolicy;
  /** Number of containers wanted. */
  readonly replicas: number;
  readonly profiles: readonly string[];
  readonly containerName?: string;
  /** False: an attached `up` leaves its log out. */
  readonly isAttached: boolean;

  // process
  /** null: the image's own. An empty list clears it. */
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  /** A null value unsets the variable of the image. */
  readonly environment: ReadonlyMap<string, string | null>;
  readonly workingDir?: string;
  readonly user?: string;
  readonly groupAdd: readonly string[];
  readonly isTty: boolean;
  readonly isStdinOpen: boolean;
  readonly init?: boolean;
  readonly stopSignal?: string;
  readonly stopGracePeriodMs?: number;
  readonly hostname?: string;
  readonly domainname?: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;

  // order
  readonly dependsOn: ReadonlyMap<string, DependencySpec>;
  readonly links: readonly LinkSpec[];
  readonly externalLinks: readonly string[];
  readonly volumesFrom: readonly VolumesFromSpec[];

  // network
  readonly networkMode?: NamespaceMode;
  readonly networks: ReadonlyMap<string, EndpointSpec>;
  readonly macAddress?: string;
  readonly ports: readonly PortSpec[];
  /** `80/tcp`, ranges expanded. */
  readonly expose: readonly string[];
  readonly dns: readonly string[];
  readonly dnsOptions: readonly string[];
  readonly dnsSearch: readonly string[];
  /** `host:ip`. */
  readonly extraHosts: readonly string[];

  // files
  readonly mounts: readonly MountSpec[];
  /** Mount point → options (`size=64m,mode=1777`). */
  readonly tmpfs: ReadonlyMap<string, string>;
  readonly configs: readonly FileGrantSpec[];
  readonly secrets: readonly FileGrantSpec[];
  readonly isReadOnly: boolean;
  readonly shmSizeBytes?: number;
  readonly storageOptions: ReadonlyMap<string, string>;
  readonly devices: readonly DeviceSpec[];
  readonly deviceCgroupRules: readonly string[];

  readonly resources: ResourceSpec;

  // isolation
  readonly isPrivileged: boolean;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly securityOptions: readonly string[];
  readonly usernsMode?: string;
  readonly pid?: NamespaceMode;
  readonly ipc?: NamespaceMode;
  readonly uts?: string;
  readonly cgroupNamespace?: string;
  readonly cgroupParent?: string;
  readonly sysctls: ReadonlyMap<string, string>;
  readonly runtime?: string;
  readonly isolation?: string;

  // life
  readonly healthcheck?: HealthcheckSpec;
  readonly restart?: RestartSpec;
  readonly logging?: { readonly driver?: string; readonly options: ReadonlyMap<string, string> };
  readonly postStart: readonly HookSpec[];
  readonly preStop: readonly HookSpec[];
}

export type PullPolicy =
  | { readonly kind: 'always' | 'never' | 'missing' | 'build' }
  | { readonly kind: 'every'; readonly intervalMs: number };

/** The parts of `build` that decide whether there is something to build. */
export interface BuildSpec {
  /** Absolute directory, or a URL that the engine reads. */
  readonly context: string;
  readonly dockerfile?: string;
  readonly dockerfileInline?: string;
  readonly args: ReadonlyMap<string, string>;
  readonly target?: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly tags: readonly string[];
}

export type DependencyCondition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface DependencySpec {
  readonly condition: DependencyCondition;
  /** Restart this service when the dependency is recreated or restarted. */
  readonly restart: boolean;
  /** False: a missing or failed dependency is only a warning. */
  readonly required: boolean;
}

export interface LinkSpec {
  readonly service: string;
  readonly alias?: string;
}

export interface VolumesFromSpec {
  readonly kind: 'service' | 'container';
  readonly name: string;
  readonly mode: 'rw' | 'ro';
}

/** Whose namespace a container lives in. `word` is passed on: `host`, `none`, `bridge`, `private`, a network name… */
export type NamespaceMode =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'container'; readonly container: string };

/** A service's place in one network. */
export interface EndpointSpec {
  readonly aliases: readonly string[];
  readonly ipv4Address?: string;
  readonly ipv6Address?: string;
  readonly linkLocalIps: readonly string[];
  readonly macAddress?: string;
  readonly driverOptions: ReadonlyMap<string, string>;
  readonly interfaceName?: string;
  readonly gatewayPriority?: number;
  /** The network with the highest priority is attached first. */
  readonly priority: number;
}

export interface PortSpec {
  /** Container port. */
  readonly target: number;
  /** Host port, or a range `8000-8010` of which the engine takes one; undefined: the engine chooses. */
  readonly published?: string;
  readonly hostIp?: string;
  readonly protocol: string;
}

export type MountType = 'bind' | 'volume' | 'tmpfs' | 'image' | 'npipe' | 'cluster';

export interface MountSpec {
  readonly type: MountType;
  /** Key of a project volume, absolute host path, or image reference; undefined for tmpfs and anonymous volumes. */
  readonly source?: string;
  readonly target: string;
  readonly isReadOnly: boolean;
  readonly consistency?: string;
  readonly bind?: {
    readonly propagation?: string;
    /** True: a missing host path is made as a directory. */
    readonly createHostPath: boolean;
    readonly recursive?: string;
    readonly selinux?: string;
  };
  readonly volume?: {
    readonly nocopy: boolean;
    readonly subpath?: string;
    readonly labels: ReadonlyMap<string, string>;
  };
  readonly tmpfs?: { readonly sizeBytes?: number; readonly mode?: number };
  readonly image?: { readonly subpath?: string };
}

/** A config or secret given to a service. */
export interface FileGrantSpec {
  /** Key in the project's configs or secrets. */
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  readonly uid?: string;
  readonly gid?: string;
  /** File mode bits, for example 0o444. */
  readonly mode?: number;
}

export interface DeviceSpec {
  readonly source: string;
  readonly target: string;
  readonly permissions: string;
}

export interface ResourceSpec {
  /** CPUs, fractions allowed. */
  readonly cpus?: number;
  readonly cpuCount?: number;
  readonly cpuPercent?: number;
  readonly cpuShares?: number;
  /** Microseconds. */
  readonly cpuPeriod?: number;
  readonly cpuQuota?: number;
  readonly cpuRealtimePeriod?: number;
  readonly cpuRealtimeRuntime?: number;
  readonly cpuset?: string;
  readonly memoryBytes?: number;
  readonly memoryReservationBytes?: number;
  /** Memory and swap together; -1: no limit. */
  readonly memorySwapBytes?: number;
  readonly memorySwappiness?: number;
  readonly oomKillDisable?: boolean;
  readonly oomScoreAdj?: number;
  readonly pidsLimit?: number;
  readonly ulimits: ReadonlyMap<string, { readonly soft: number; readonly hard: number }>;
  readonly blkio?: BlkioSpec;
  readonly deviceRequests: readonly DeviceRequestSpec[];
}

export interface BlkioSpec {
  readonly weight?: number;
  readonly weightDevice: readonly { readonly path: string; readonly weight: number }[];
  readonly deviceReadBps: readonly BlkioRate[];
  readonly deviceWriteBps: readonly BlkioRate[];
  readonly deviceReadIops: readonly BlkioRate[];
  readonly deviceWriteIops: readonly BlkioRate[];
}

export interface BlkioRate {
  readonly path: string;
  /** Bytes or operations a second. */
  readonly rate: number;
}

export interface DeviceRequestSpec {
  readonly driver?: string;
  /** -1: all. */
  readonly count?: number;
  readonly deviceIds: readonly string[];
  readonly capabilities: readonly string[];
  readonly options: ReadonlyMap<string, string>;
}

export interface HealthcheckSpec {
  /** `['CMD', …]`, `['CMD-SHELL', line]`, `['NONE']`; empty: the image's own. */
  readonly test: readonly string[];
  readonly intervalMs?: number;
  readonly timeoutMs?: number;
  readonly startPeriodMs?: number;
  readonly startIntervalMs?: number;
  readonly retries?: number;
}

export interface RestartSpec {
  readonly policy: 'no' | 'always' | 'on-failure' | 'unless-stopped' | (string & {});
  readonly maxRetries?: number;
}

export interface HookSpec {
  readonly command: readonly string[];
  readonly user?: string;
  readonly isPrivileged: boolean;
  readonly workingDir?: string;
  readonly environment: ReadonlyMap<string, string | null>;
}

export interface NetworkSpec {
  readonly key: string;
  /** The engine's name for it. */
  readonly name: string;
  readonly isExternal: boolean;
  readonly driver?: string;
  readonly driverOptions: ReadonlyMap<string, string>;
  readonly isAttachable: boolean;
  readonly isInternal: boolean;
  readonly enableIpv4?: boolean;
  readonly enableIpv6?: boolean;
  readonly labels: ReadonlyMap<string, string>;
  readonly ipam?: IpamSpec;
}

export interface IpamSpec {
  readonly driver?: string;
  readonly pools: readonly {
    readonly subnet?: string;
    readonly gateway?: string;
    readonly ipRange?: string;
    readonly auxAddresses: ReadonlyMap<string, string>;
  }[];
  readonly options: ReadonlyMap<string, string>;
}

export interface VolumeSpec {
  readonly key: string;
  readonly name: string;
  readonly isExternal: boolean;
  readonly driver?: string;
  readonly driverOptions: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
}

/** A top-level config or secret. Its content is known once the project is loaded, unless it is a file to mount. */
export interface FileResourceSpec {
  readonly key: string;
  readonly name: string;
  readonly source:
    | { readonly kind: 'file'; readonly path: string; readonly digest?: string }
    | { readonly kind: 'inline'; readonly content: string }
    | { readonly kind: 'environment'; readonly variable: string; readonly content?: string }
    | { readonly kind: 'external' };
}
