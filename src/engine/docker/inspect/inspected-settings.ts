/** What we read of `Config`, `HostConfig` and `NetworkSettings` of `GET /containers/{id}/json`. */

export type Texts = Readonly<Record<string, string>> | null;
export type List<Item> = readonly Item[] | null;

export interface InspectedConfig {
  readonly Image?: string;
  readonly Env?: List<string>;
  readonly Cmd?: List<string>;
  readonly Entrypoint?: List<string> | string;
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly Hostname?: string;
  readonly Domainname?: string;
  readonly MacAddress?: string;
  readonly Tty?: boolean;
  readonly OpenStdin?: boolean;
  readonly StopSignal?: string;
  readonly StopTimeout?: number | null;
  readonly Labels?: Texts;
  readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
  readonly Healthcheck?: InspectedHealthcheck | null;
}

/** Durations in nanoseconds. */
export interface InspectedHealthcheck {
  readonly Test?: List<string>;
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

export interface InspectedHostConfig extends InspectedResources {
  readonly NetworkMode: string;
  readonly Binds?: List<string>;
  readonly Mounts?: List<InspectedMount>;
  readonly Tmpfs?: Texts;
  readonly RestartPolicy?: { readonly Name?: string; readonly MaximumRetryCount?: number } | null;
  readonly PortBindings?: Readonly<
    Record<string, List<{ readonly HostIp?: string; readonly HostPort?: string }>>
  > | null;
  readonly LogConfig?: { readonly Type?: string; readonly Config?: Texts } | null;
  readonly VolumesFrom?: List<string>;
  readonly Links?: List<string>;
  readonly Dns?: List<string>;
  readonly DnsOptions?: List<string>;
  readonly DnsSearch?: List<string>;
  readonly ExtraHosts?: List<string>;
  readonly GroupAdd?: List<string>;
  readonly CapAdd?: List<string>;
  readonly CapDrop?: List<string>;
  readonly SecurityOpt?: List<string>;
  readonly MaskedPaths?: List<string>;
  readonly Privileged?: boolean;
  readonly ReadonlyRootfs?: boolean;
  readonly PidMode?: string;
  readonly IpcMode?: string;
  readonly UTSMode?: string;
  readonly UsernsMode?: string;
  readonly CgroupnsMode?: string;
  readonly CgroupParent?: string;
  readonly Runtime?: string;
  readonly Isolation?: string;
  readonly ShmSize?: number;
  readonly StorageOpt?: Texts;
  readonly Sysctls?: Texts;
  readonly Init?: boolean | null;
  readonly Annotations?: Texts;
}

export interface InspectedResources {
  readonly NanoCpus?: number;
  readonly CpuCount?: number;
  readonly CpuPercent?: number;
  readonly CpuShares?: number;
  readonly CpuPeriod?: number;
  readonly CpuQuota?: number;
  readonly CpuRealtimePeriod?: number;
  readonly CpuRealtimeRuntime?: number;
  readonly CpusetCpus?: string;
  readonly Memory?: number;
  readonly MemoryReservation?: number;
  readonly MemorySwap?: number;
  readonly MemorySwappiness?: number | null;
  readonly OomKillDisable?: boolean | null;
  readonly OomScoreAdj?: number;
  readonly PidsLimit?: number | null;
  readonly Ulimits?: List<{ readonly Name: string; readonly Soft: number; readonly Hard: number }>;
  readonly BlkioWeight?: number;
  readonly BlkioWeightDevice?: List<{ readonly Path: string; readonly Weight: number }>;
  readonly BlkioDeviceReadBps?: List<InspectedRate>;
  readonly BlkioDeviceWriteBps?: List<InspectedRate>;
  readonly BlkioDeviceReadIOps?: List<InspectedRate>;
  readonly BlkioDeviceWriteIOps?: List<InspectedRate>;
  readonly Devices?: List<{
    readonly PathOnHost: string;
    readonly PathInContainer: string;
    readonly CgroupPermissions: string;
  }>;
  readonly DeviceCgroupRules?: List<string>;
  readonly DeviceRequests?: List<{
    readonly Driver?: string;
    readonly Count?: number;
    readonly DeviceIDs?: List<string>;
    readonly Capabilities?: List<readonly string[]>;
    readonly Options?: Texts;
  }>;
}

export interface InspectedRate {
  readonly Path: string;
  readonly Rate: number;
}

export interface InspectedMount {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
  readonly Consistency?: string;
  readonly BindOptions?: {
    readonly Propagation?: string;
    readonly NonRecursive?: boolean;
    readonly CreateMountpoint?: boolean;
    readonly ReadOnlyNonRecursive?: boolean;
    readonly ReadOnlyForceRecursive?: boolean;
  } | null;
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: Texts;
    readonly Subpath?: string;
  } | null;
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number } | null;
  readonly ImageOptions?: { readonly Subpath?: string } | null;
}

export interface InspectedEndpoint {
  readonly Links?: List<string>;
  readonly Aliases?: List<string>;
  readonly IPAMConfig?: {
    readonly IPv4Address?: string;
    readonly IPv6Address?: string;
    readonly LinkLocalIPs?: List<string>;
  } | null;
  readonly DriverOpts?: Texts;
  readonly GwPriority?: number;
  readonly MacAddress?: string;
}
