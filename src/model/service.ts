import type { BuildSpec } from './build.js';
import type { FileGrantSpec, MountSpec } from './mount.js';
import type { ResourceSpec } from './resources.js';
import type { WatchRule } from './watch.js';

/** What a service should be: every attribute that shapes its containers or their order. */
export interface ServiceSpec {
  readonly name: string;
  /** Image reference to run. For a service with only `build` it is `<project>-<service>`. */
  readonly image: string;
  readonly build?: BuildSpec;
  /** Runs outside of the engine: no container is made for it. */
  readonly provider?: ProviderSpec;
  /** Models of docker's model runner that it uses, by key. */
  readonly models?: ReadonlyMap<string, ModelUse>;
  /** Variables that providers and models have given to this service, by their key. Known only while applying. */
  readonly provided?: ReadonlyMap<string, ReadonlyMap<string, string>>;
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
  /** It gets the engine's socket and this person's registry credentials. */
  readonly usesApiSocket: boolean;
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
  /** `job`: it runs to its end; to be up is to have ended well. Undefined: nobody says, but dependents may show it. */
  readonly kind?: 'service' | 'job';
  readonly healthcheck?: HealthcheckSpec;
  readonly restart?: RestartSpec;
  /** What the control loop does when its health check fails; undefined: says it. */
  readonly onUnhealthy?: 'restart' | 'recreate' | 'notify';
  readonly logging?: { readonly driver?: string; readonly options: ReadonlyMap<string, string> };
  readonly preStart: readonly PreStartSpec[];
  readonly postStart: readonly HookSpec[];
  readonly preStop: readonly HookSpec[];

  // development
  /** Which files to watch, and what to do when they change; undefined: none. */
  readonly watch?: readonly WatchRule[];
}

/** A program of the host that makes what a service stands for. */
export interface ProviderSpec {
  /** Name of docker's plugin, or of a program in PATH. */
  readonly type: string;
  /** Each value becomes a flag. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** Variables for the program, those of env files among them. */
  readonly environment: ReadonlyMap<string, string>;
}

/** A model that docker's model runner serves to services. */
export interface ModelSpec {
  readonly key: string;
  /** OCI reference. */
  readonly model: string;
  /** Tokens. */
  readonly contextSize?: number;
  readonly runtimeFlags: readonly string[];
  /** Variables for the runner's program. */
  readonly environment: ReadonlyMap<string, string>;
}

/** How a service learns of a model: the names of its variables. */
export interface ModelUse {
  readonly model: ModelSpec;
  readonly endpointVariable: string;
  readonly modelVariable: string;
}

export type PullPolicy =
  | { readonly kind: 'always' | 'never' | 'missing' | 'build' }
  | { readonly kind: 'every'; readonly intervalMs: number };

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

export interface DeviceSpec {
  readonly source: string;
  readonly target: string;
  readonly permissions: string;
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

/** A step that runs in a container of its own before the service starts. */
export interface PreStartSpec extends HookSpec {
  /** undefined: the image of the service. */
  readonly image?: string;
  /** Empty: what the image runs by itself. */
  readonly command: readonly string[];
  /** For each replica that starts, with the volumes of that replica; else once for the whole service. */
  readonly isPerReplica: boolean;
}

export interface HookSpec {
  readonly command: readonly string[];
  readonly user?: string;
  readonly isPrivileged: boolean;
  readonly workingDir?: string;
  readonly environment: ReadonlyMap<string, string | null>;
}
